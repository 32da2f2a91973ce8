/* decode: barcodes in pictures, by ZXing-C++ behind a C header; the only C++ of Guitai.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS

typedef struct {
  char *text; /* owned; the content in UTF-8 (also where it was GBK), FNC1 as GS */
  gsize length;
  char *symbology; /* owned; "EAN-13", "DataMatrix", "QRCode" … */
  char aim[4];     /* symbology identifier as scanners send it: "]E0", "]d2"; "" */
  bool is_gs1;
} DecodedCode;
void decoded_code_free(DecodedCode *code);

/* Every code in a grey picture of @width x @height, @stride bytes per row.
 * (transfer full), of DecodedCode; empty when there is none. */
GPtrArray *decode_grey(const guint8 *pixels, int width, int height, int stride);
/* Of a live frame: one quick look, only for what a till scans. A Data Matrix beside
 * another code may be left out (ZXing 1.4). */
GPtrArray *decode_frame(const guint8 *pixels, int width, int height, int stride);
/* Of an image file; NULL with a GREY_PICTURE_ERROR (grey_picture.h) when unreadable. */
GPtrArray *decode_file(const char *path, GError **error);

/* The other way round: a symbol as modules, for printers that cannot draw one themselves.
 */
typedef struct {
  int width, height; /* modules, without a quiet zone; a bar code is 1 high */
  guint8 *modules;   /* owned; width * height, 1 is black */
} SymbolModules;

/* @symbology: a name as in DecodedCode. @content: UTF-8; bytes that are none are put in
 * as they are. (transfer full), NULL when the symbology cannot say it. */
SymbolModules *symbol_encode(const char *symbology, const char *content, gsize length);
void symbol_modules_free(SymbolModules *symbol);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SymbolModules, symbol_modules_free)

G_END_DECLS
