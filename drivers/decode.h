/* decode: barcodes in pictures, by ZXing-C++ behind a C header; the only C++ of Guitai.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS

typedef struct {
  char *text; /* owned; the content, FNC1 as GS */
  gsize length;
  char *symbology; /* owned; "EAN-13", "DataMatrix", "QRCode" … */
  bool is_gs1;
} DecodedCode;
void decoded_code_free(DecodedCode *code);

/* Every code in a grey picture of @width x @height, @stride bytes per row.
 * (transfer full), of DecodedCode; empty when there is none. */
GPtrArray *decode_grey(const guint8 *pixels, int width, int height, int stride);
/* Of an image file (PNG, JPEG, WebP where gdk-pixbuf can). NULL with @error when
 * unreadable. */
GPtrArray *decode_file(const char *path, GError **error);

G_END_DECLS
