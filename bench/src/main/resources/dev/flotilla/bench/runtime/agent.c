/* The smallest agent there can be: listens, notes when, answers every request with 200. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int port = atoi(argv[1]);
  int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 64)) return 98;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  char line[96];
  int length = snprintf(line, sizeof line, "%lld %d %d\n",
                        now.tv_sec * 1000000000LL + now.tv_nsec, getpid(), port);
  int marks = open(argv[2], O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (write(marks, line, length) != length) return 97;
  close(marks);
  static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
  char request[4096];
  for (;;) {
    int client = accept(server, 0, 0);
    if (client < 0) continue;
    if (read(client, request, sizeof request) > 0) (void)!write(client, answer, sizeof answer - 1);
    shutdown(client, SHUT_WR);
    close(client);
  }
}
