#include "tests/bench/bench.h"

#define SCANS 2000

/* A program of its own, that speaks for itself: what stands between it and the kernel
 * would slow the others down. */
void
bench_devices(const Bench *bench)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname(self);
  g_autofree char *program = g_build_filename(folder, "bench-usb", NULL);
  g_autofree char *scans = g_strdup_printf("%d", bench_times_to_run(bench, SCANS));
  const char *const argv[] = {program, scans, NULL};
  int status = 0;
  if (!g_file_test(program, G_FILE_TEST_EXISTS)) {
    g_printerr("devices: skipped: built without umockdev\n");
    return;
  }
  if (!g_spawn_sync(NULL,
                    (char **)argv,
                    NULL,
                    G_SPAWN_CHILD_INHERITS_STDIN,
                    NULL,
                    NULL,
                    NULL,
                    NULL,
                    &status,
                    &error) ||
      !g_spawn_check_wait_status(status, &error))
    bench_fail("bench-usb", error);
}
