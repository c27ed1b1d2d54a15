/*
 * Two cards as NVIDIA's management library would show them, for tests on machines without any.
 * NVML_STUB names a text file that is read anew at every question:
 *   card INDEX NAME TOTAL_MIB USED_MIB     (NAME without blanks)
 *   proc INDEX PID USED_MIB                (added to what is used)
 *   fail CODE                              (every question is answered so)
 * Without the file there are a card of 24 GiB and one of 12 GiB, both empty.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { unsigned long long total, free, used; } memory_t;
typedef struct { unsigned int gpu, memory; } rates_t;
typedef struct { unsigned int pid; unsigned long long used; unsigned int gi, ci; } process_t;

#define MOST 16
static struct { char name[64]; unsigned long long total, used; } cards[MOST];
static struct { int card; unsigned int pid; unsigned long long used; } processes[256];
static int card_count, process_count, failing;

static void look(void) {
  const char *path = getenv("NVML_STUB");
  FILE *file = path ? fopen(path, "r") : NULL;
  char line[256];
  card_count = process_count = failing = 0;
  if (!file) {
    strcpy(cards[0].name, "Stub-24");
    cards[0].total = 24ULL << 30;
    cards[0].used = 0;
    strcpy(cards[1].name, "Stub-12");
    cards[1].total = 12ULL << 30;
    cards[1].used = 0;
    card_count = 2;
    return;
  }
  while (fgets(line, sizeof line, file)) {
    int index, code;
    unsigned int pid;
    char name[64];
    unsigned long long total, used;
    if (sscanf(line, "card %d %63s %llu %llu", &index, name, &total, &used) == 4 && index < MOST) {
      strcpy(cards[index].name, name);
      cards[index].total = total << 20;
      cards[index].used = used << 20;
      if (index >= card_count) card_count = index + 1;
    } else if (sscanf(line, "proc %d %u %llu", &index, &pid, &used) == 3 && process_count < 256) {
      processes[process_count].card = index;
      processes[process_count].pid = pid;
      processes[process_count++].used = used << 20;
      if (index < MOST) cards[index].used += used << 20;
    } else if (sscanf(line, "fail %d", &code) == 1) {
      failing = code;
    }
  }
  fclose(file);
}

static int card_of(void *device) { return (int)(size_t)device - 1; }

int nvmlInit_v2(void) { look(); return failing; }
const char *nvmlErrorString(int code) { return code == 9 ? "Driver Not Loaded" : "Unknown Error"; }
int nvmlSystemGetDriverVersion(char *text, unsigned int length) {
  snprintf(text, length, "stub-1.0");
  return 0;
}
int nvmlDeviceGetCount_v2(unsigned int *count) { look(); *count = card_count; return failing; }
int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **device) {
  *device = (void *)(size_t)(index + 1);
  return 0;
}
int nvmlDeviceGetName(void *device, char *name, unsigned int length) {
  snprintf(name, length, "%s", cards[card_of(device)].name);
  return 0;
}
int nvmlDeviceGetMemoryInfo(void *device, memory_t *memory) {
  memory->total = cards[card_of(device)].total;
  memory->used = cards[card_of(device)].used;
  memory->free = memory->total - memory->used;
  return 0;
}
int nvmlDeviceGetUtilizationRates(void *device, rates_t *rates) {
  rates->gpu = 10 + card_of(device);
  rates->memory = 0;
  return 0;
}
int nvmlDeviceGetComputeRunningProcesses_v3(void *device, unsigned int *count, process_t *list) {
  unsigned int found = 0, room = *count;
  for (int i = 0; i < process_count; i++) {
    if (processes[i].card != card_of(device)) continue;
    if (found < room) {
      list[found].pid = processes[i].pid;
      list[found].used = processes[i].used;
    }
    found++;
  }
  *count = found;
  return found > room ? 7 : 0;
}
int nvmlDeviceGetGraphicsRunningProcesses_v3(void *device, unsigned int *count, process_t *list) {
  *count = 0;
  return 0;
}
