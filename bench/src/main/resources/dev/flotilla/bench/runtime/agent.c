/* The smallest agent there can be: listens, notes when, answers every request with 200.
 *   agent PORT MARKS [child]     with "child" it first starts a process in another session
 *   agent floor PORT ROUNDS      the least a restart can take: kill, waitpid, posix_spawn, listen */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static long long now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec * 1000000000LL + at.tv_nsec;
}

static int restarts(char *self, char *port, int rounds) {
  int marks[2];
  if (pipe(marks)) return 96;
  char place[32], line[96];
  snprintf(place, sizeof place, "/dev/fd/%d", marks[1]);
  char *argv[] = {self, port, place, 0};
  long long killed = 0;
  for (int i = 0; i <= rounds; i++) {
    pid_t pid;
    if (posix_spawn(&pid, self, 0, 0, argv, environ)) return 95;
    int length = read(marks[0], line, sizeof line - 1);
    if (length <= 0) return 94;
    line[length] = 0;
    if (i) printf("%lld\n", atoll(line) - killed);
    usleep(20000);
    killed = now();
    kill(pid, SIGKILL);
    waitpid(pid, 0, 0);
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc > 3 && !strcmp(argv[1], "floor")) return restarts(argv[0], argv[2], atoi(argv[3]));
  if (argc > 3 && !strcmp(argv[3], "child") && fork() == 0) {
    setsid();
    for (;;) pause();
  }
  int port = atoi(argv[1]);
  int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 64)) return 98;
  char line[96];
  int length = snprintf(line, sizeof line, "%lld %d %d\n", now(), getpid(), port);
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
