#define ZX_USE_UTF8 1

#include "drivers/decode.h"

#include "drivers/grey_picture.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>
#include <ZXing/ReadBarcode.h>
#if __has_include(<ZXing/Version.h>)
#include <ZXing/Version.h>
#else
#include <ZXing/ZXVersion.h>
#endif

#include <csetjmp>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>
#include <vector>

/* Distributions build ZXing with its assertions in, and some pictures break them
 * (distorted QR codes; in 1.4 two equal bar codes): a dropped picture must not end the
 * till. What the library held at that moment is lost; that is a leak, once per such
 * picture. */
static thread_local jmp_buf *escape;

extern "C" __attribute__((noreturn)) void
__assert_fail(const char *claim, const char *file, unsigned line, const char *function)
{
  if (escape)
    longjmp(*escape, 1);
  g_printerr("%s:%u: %s: assertion `%s' failed\n", file, line, function, claim);
  abort();
}

/* @return false when ZXing gave up half-way. */
template <typename Work>
static bool
survive(const Work &work)
{
  jmp_buf here;

  if (setjmp(here)) {
    escape = nullptr;
    return false;
  }
  escape = &here;
  try {
    work();
  } catch (const std::exception &trouble) {
    g_debug("ZXing refuses: %s", trouble.what());
  }
  escape = nullptr;
  return true;
}

/* ZXing 1.4 gives plain text only; 2.x would put brackets round GS1 application
 * identifiers. */
static auto
all_codes()
{
#if ZXING_VERSION_MAJOR > 2 || (ZXING_VERSION_MAJOR == 2 && ZXING_VERSION_MINOR >= 2)
  return ZXing::ReaderOptions().setTextMode(ZXing::TextMode::Plain);
#elif ZXING_VERSION_MAJOR == 2
  return ZXing::DecodeHints().setTextMode(ZXing::TextMode::Plain);
#else
  return ZXing::DecodeHints().setReturnCodabarStartEnd(true);
#endif
}

#if ZXING_VERSION_MAJOR < 2
/* In 1.4 the comparison of two finds of one symbol breaks an assertion. It does not come
 * to that in a picture of one size; of DataBar, which is found line by line, only one is
 * asked. */
static auto
unstacked_codes()
{
  using F = ZXing::BarcodeFormat;
  return all_codes().setTryDownscale(false).setFormats(
      F::MatrixCodes | F::Codabar | F::Code39 | F::Code93 | F::Code128 | F::EAN8 |
      F::EAN13 | F::ITF | F::UPCA | F::UPCE);
}

static auto
one_databar()
{
  using F = ZXing::BarcodeFormat;
  return all_codes().setFormats(F::DataBar | F::DataBarExpanded).setMaxNumberOfSymbols(1);
}
#endif

static bool
is_fixed_length(const std::string &ai)
{
  static const char FIXED[] =
      "00 01 02 03 04 11 12 13 14 15 16 17 18 19 20 31 32 33 34 35 "
      "36 41 ";
  return strstr(FIXED, (ai.substr(0, 2) + " ").c_str()) != nullptr;
}

/* Length of "(123)" at @at, 0 when there is none. */
static size_t
bracket(const std::string &text, size_t at)
{
  size_t end = at + 1;

  if (at >= text.size() || text[at] != '(')
    return 0;
  while (end < text.size() && g_ascii_isdigit(text[end]))
    end++;
  size_t digits = end - at - 1;
  return digits >= 2 && digits <= 4 && end < text.size() && text[end] == ')' ? digits + 2
                                                                             : 0;
}

/* "(10)567(11)010101" → "10567<GS>11010101" (GS1 General Specifications 7.8.5: fields of
 * fixed length need no separator). */
static std::string
element_string(const std::string &text)
{
  std::string result, ai;

  for (size_t at = 0; at < text.size();) {
    size_t length = bracket(text, at);
    if (!length) {
      result += text[at++];
      continue;
    }
    if (!ai.empty() && !is_fixed_length(ai))
      result += '\x1d';
    ai = text.substr(at + 1, length - 2);
    result += ai;
    at += length;
  }
  return result;
}

/* UPC-E "01234565" → EAN-13 "0012345000065": the last of the six says where the zeros go.
 */
static std::string
upc_e_to_ean(const std::string &text)
{
  if (text.size() != 8)
    return text;
  const std::string six = text.substr(1, 6);
  std::string body;
  if (six[5] <= '2')
    body = six.substr(0, 2) + six[5] + "0000" + six.substr(2, 3);
  else if (six[5] == '3')
    body = six.substr(0, 3) + "00000" + six.substr(3, 2);
  else if (six[5] == '4')
    body = six.substr(0, 4) + "00000" + six[4];
  else
    body = six.substr(0, 5) + "0000" + six[5];
  return std::string("0") + text[0] + body + text[7];
}

/* What a scanner would send with the same identifier; versions of ZXing differ in it. */
static std::string
text_as_scanned(const std::string &text, ZXing::BarcodeFormat format)
{
  switch (format) {
  case ZXing::BarcodeFormat::DataBarExpanded:
    return text.empty() || text[0] != '(' ? text : element_string(text);
  case ZXing::BarcodeFormat::DataBar:
    return text.size() == 14 ? "01" + text : text;
  case ZXing::BarcodeFormat::UPCA:
    return text.size() == 12 ? "0" + text : text;
  case ZXing::BarcodeFormat::UPCE:
    return upc_e_to_ean(text);
  default:
    return text;
  }
}

template <typename Found>
static DecodedCode *
code_new(const Found &found)
{
  DecodedCode *code = g_new0(DecodedCode, 1);
  const std::string text = text_as_scanned(found.text(), found.format());

  code->length = text.size();
  code->text = static_cast<char *>(g_malloc(text.size() + 1));
  memcpy(code->text, text.c_str(), text.size() + 1);
  code->symbology = g_strdup(std::string(ZXing::ToString(found.format())).c_str());
  g_strlcpy(code->aim, found.symbologyIdentifier().c_str(), sizeof code->aim);
  code->is_gs1 = *code->aim && strstr("]C1 ]e0 ]d2 ]Q3 ]J1", code->aim);
  return code;
}

void
decoded_code_free(DecodedCode *code)
{
  if (!code)
    return;
  g_free(code->text);
  g_free(code->symbology);
  g_free(code);
}

static void
free_code(gpointer code)
{
  decoded_code_free(static_cast<DecodedCode *>(code));
}

template <typename Options>
static void
add_codes(GPtrArray *codes, const ZXing::ImageView &view, const Options &options)
{
  for (const auto &found : ZXing::ReadBarcodes(view, options))
    if (found.isValid())
      g_ptr_array_add(codes, code_new(found));
}

#if ZXING_VERSION_MAJOR < 2
static bool
has_code(const GPtrArray *codes, const std::string &text)
{
  for (guint i = 0; i < codes->len; i++) {
    auto code = static_cast<const DecodedCode *>(codes->pdata[i]);
    if (text.size() == code->length && memcmp(text.data(), code->text, code->length) == 0)
      return true;
  }
  return false;
}

/* 1.4 finds a Data Matrix only where the middle row of a picture meets it: every band of
 * the picture is a picture with a middle row of its own. */
static void
add_data_matrix(GPtrArray *codes, const ZXing::ImageView &view)
{
  auto options =
      all_codes().setTryDownscale(false).setFormats(ZXing::BarcodeFormat::DataMatrix);
  int height = view.height(), step = MAX(height / 24, 16);

  for (int middle = step; middle < height; middle += step) {
    int half = MIN(MAX(height / 6, 60), MIN(middle, height - middle));
    auto band = view.cropped(0, middle - half, view.width(), 2 * half);
    for (const auto &found : ZXing::ReadBarcodes(band, options))
      if (found.isValid() && !has_code(codes, found.text()))
        g_ptr_array_add(codes, code_new(found));
  }
}
#endif

GPtrArray *
decode_grey(const guint8 *pixels, int width, int height, int stride)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func(free_code);

  if (width <= 0 || height <= 0)
    return codes;
  ZXing::ImageView view(pixels, width, height, ZXing::ImageFormat::Lum, stride);
#if ZXING_VERSION_MAJOR < 2
  survive([&] { add_codes(codes, view, unstacked_codes()); });
  survive([&] { add_codes(codes, view, one_databar()); });
  survive([&] { add_data_matrix(codes, view); });
#else
  survive([&] { add_codes(codes, view, all_codes()); });
#endif
  if (!codes->len)
    survive([&] { add_codes(codes, view, all_codes().setMaxNumberOfSymbols(1)); });
  return codes;
}

GPtrArray *
decode_frame(const guint8 *pixels, int width, int height, int stride)
{
  return decode_grey(pixels, width, height, stride);
}

GPtrArray *
decode_file(const char *path, GError **error)
{
  GreyPicture *picture = grey_picture_load(path, error);
  if (!picture)
    return nullptr;
  GPtrArray *codes =
      decode_grey(picture->pixels, picture->width, picture->height, picture->stride);
  grey_picture_free(picture);
  return codes;
}

static SymbolModules *
modules_of(const ZXing::BitMatrix &matrix)
{
  SymbolModules *symbol = g_new(SymbolModules, 1);

  symbol->width = matrix.width();
  symbol->height = matrix.height();
  symbol->modules =
      static_cast<guint8 *>(g_malloc(static_cast<gsize>(symbol->width) * symbol->height));
  for (int y = 0; y < symbol->height; y++)
    for (int x = 0; x < symbol->width; x++)
      symbol->modules[static_cast<gsize>(y) * symbol->width + x] = matrix.get(x, y);
  return symbol;
}

static SymbolModules *
encoded(const char *symbology, const std::string &content)
{
  auto format = ZXing::BarcodeFormatFromString(symbology);
  bool is_matrix = format == ZXing::BarcodeFormat::QRCode ||
                   format == ZXing::BarcodeFormat::PDF417 ||
                   format == ZXing::BarcodeFormat::DataMatrix;
  ZXing::MultiFormatWriter writer(format);

  writer.setMargin(0).setEncoding(ZXing::CharacterSet::UTF8);
  return modules_of(writer.encode(content, 0, is_matrix ? 0 : 1));
}

SymbolModules *
symbol_encode(const char *symbology, const char *content, gsize length)
{
  SymbolModules *symbol = nullptr;
  survive([&] { symbol = encoded(symbology, std::string(content, length)); });
  return symbol;
}

void
symbol_modules_free(SymbolModules *symbol)
{
  if (!symbol)
    return;
  g_free(symbol->modules);
  g_free(symbol);
}
