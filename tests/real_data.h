/* real_data: files that do not ship with Guitai: ../shared/data beside the source tree.
 */
#pragma once

#include <glib.h>
#include <stdio.h>

/* "escpos/demo.bin" (transfer full); NULL when it is not there: say REAL_DATA_MISSING().
 */
static inline char *
real_data_at(const char *source_file, const char *relative)
{
  g_autofree char *folder = g_path_get_dirname(source_file);
  char *path =
      g_build_filename(folder, "..", "..", "..", "shared", "data", relative, NULL);
  if (!g_file_test(path, G_FILE_TEST_EXISTS))
    g_clear_pointer(&path, g_free);
  return path;
}

#define real_data(relative) real_data_at(__FILE__, relative)
#define REAL_DATA_MISSING() fputs("skipped: no real data ", stdout)
