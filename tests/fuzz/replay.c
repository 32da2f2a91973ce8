/* Feeds each file of a corpus to a fuzz target once: replay_<name> FOLDER. */
#include <stdio.h>

#include "tests/fuzz/fuzz.h"

int
main(int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) folder = argc == 2 ? g_dir_open(argv[1], 0, &error) : NULL;
  if (!folder) {
    fprintf(stderr, "%s\n", error ? error->message : "usage: replay FOLDER");
    return 2;
  }
  int n = 0;
  for (const char *name; (name = g_dir_read_name(folder)); n++) {
    g_autofree char *path = g_build_filename(argv[1], name, NULL);
    g_autofree char *bytes = NULL;
    gsize length;
    if (!g_file_get_contents(path, &bytes, &length, &error)) {
      fprintf(stderr, "%s\n", error->message);
      return 2;
    }
    fprintf(stderr, "%s\n", name);
    /* A buffer of the exact size, so that the sanitizer sees a read past its end. */
    g_autofree uint8_t *exact = g_memdup2(bytes, length);
    LLVMFuzzerTestOneInput(exact, length);
  }
  printf("%d files replayed\n", n);
  return n > 0 ? 0 : 1;
}
