#define ZX_USE_UTF8 1

#include "drivers/decode.h"

extern "C" {
#include "app/domain/barcode.h"
}
#include "drivers/black_white.h"
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

#define MOST_IN_FRAME 8
#define SMALL_SIDE    500 /* a smaller picture is worth being enlarged */

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

using Format = ZXing::BarcodeFormat;

/* What a till scans. A code without any check, of which a part looks like a whole, is
 * taken from a file only, where somebody looks at what comes of it. */
static auto
live_codes()
{
  return all_codes()
      .setFormats(Format::EAN8 | Format::EAN13 | Format::UPCA | Format::UPCE |
                  Format::Code128 | Format::Code39 | Format::ITF | Format::DataBar |
                  Format::DataBarExpanded | Format::DataMatrix | Format::QRCode)
      .setTryDownscale(false)
      .setMaxNumberOfSymbols(MOST_IN_FRAME);
}

#if ZXING_VERSION_MAJOR < 2
/* In 1.4 the comparison of two finds of one symbol breaks an assertion. It does not come
 * to that in a picture of one size; of DataBar, which is found line by line, only one is
 * asked. */
static auto
unstacked_codes()
{
  return all_codes().setTryDownscale(false).setFormats(
      Format::MatrixCodes | Format::Codabar | Format::Code39 | Format::Code93 |
      Format::Code128 | Format::EAN8 | Format::EAN13 | Format::ITF | Format::UPCA |
      Format::UPCE);
}

static auto
one_databar()
{
  return all_codes()
      .setFormats(Format::DataBar | Format::DataBarExpanded)
      .setMaxNumberOfSymbols(1);
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

/* Of pairs of high bytes, those where GB 2312 has its characters are the most: Chinese,
 * and not Japanese or Latin 1, whose text is mostly elsewhere. */
static bool
looks_chinese(const std::string &bytes)
{
  size_t pairs = 0, in_gb2312 = 0;

  for (size_t i = 0; i < bytes.size(); i++) {
    auto lead = static_cast<guint8>(bytes[i]);
    if (lead < 0x80)
      continue;
    auto trail = static_cast<guint8>(i + 1 < bytes.size() ? bytes[i + 1] : 0);
    pairs++;
    in_gb2312 += lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1 && trail <= 0xfe;
    i++;
  }
  return pairs > 0 && in_gb2312 * 4 > pairs * 3;
}

/* QR codes of Chinese makers often hold GBK and do not say so (no ECI); ZXing takes it
 * for Shift JIS or Latin 1. */
static std::string
text_of_bytes(const std::string &bytes, const std::string &otherwise)
{
  if (g_utf8_validate(bytes.data(), static_cast<gssize>(bytes.size()), nullptr))
    return bytes;
  if (!looks_chinese(bytes))
    return otherwise;
  gsize length;
  char *text = g_convert(bytes.data(),
                         static_cast<gssize>(bytes.size()),
                         "UTF-8",
                         "GB18030",
                         nullptr,
                         &length,
                         nullptr);
  std::string result = text ? std::string(text, length) : otherwise;
  g_free(text);
  return result;
}

template <typename Found>
static std::string
text_of(const Found &found)
{
  std::string text = found.text();
  const auto &bytes = found.bytes();

  if (found.hasECI() || g_str_is_ascii(text.c_str()))
    return text;
  return text_of_bytes(
      std::string(reinterpret_cast<const char *>(bytes.data()), bytes.size()), text);
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
  const std::string text = text_as_scanned(text_of(found), found.format());

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
has_code(const GPtrArray *codes, const DecodedCode *code)
{
  for (guint i = 0; i < codes->len; i++) {
    auto known = static_cast<const DecodedCode *>(codes->pdata[i]);
    if (known->length == code->length &&
        memcmp(known->text, code->text, code->length) == 0)
      return true;
  }
  return false;
}

static void
add_new_code(GPtrArray *codes, DecodedCode *code)
{
  if (has_code(codes, code))
    decoded_code_free(code);
  else
    g_ptr_array_add(codes, code);
}

/* 1.4 finds a Data Matrix only where the middle row of a picture meets it: every band of
 * the picture is a picture with a middle row of its own. Made black and white only once,
 * they cost little. */
static void
add_data_matrix(GPtrArray *codes, const GreyPicture *picture)
{
  GreyPicture *black_white = black_white_of(picture);
  auto options = all_codes()
                     .setTryDownscale(false)
                     .setFormats(Format::DataMatrix)
                     .setBinarizer(ZXing::Binarizer::BoolCast);
  int width = picture->width, height = picture->height;
  int step = MAX(height / 48, 12), most = MAX(height / 6, 60);

  for (int middle = step; middle < height; middle += step) {
    int half = MIN(most, MIN(middle, height - middle));
    ZXing::ImageView band(black_white->pixels +
                              static_cast<gsize>(middle - half) * black_white->stride,
                          width,
                          2 * half,
                          ZXing::ImageFormat::Lum,
                          black_white->stride);
    for (const auto &found : ZXing::ReadBarcodes(band, options))
      if (found.isValid())
        add_new_code(codes, code_new(found));
  }
  grey_picture_free(black_white);
}
#endif
static ZXing::ImageView
view_of(const GreyPicture *picture)
{
  return {picture->pixels,
          picture->width,
          picture->height,
          ZXing::ImageFormat::Lum,
          picture->stride};
}

/* Every code, or as many as there are without those over which ZXing stumbles. */
static void
add_all_codes(GPtrArray *codes, const GreyPicture *picture)
{
  const ZXing::ImageView view = view_of(picture);

  if (survive([&] { add_codes(codes, view, all_codes()); }))
    return;
  g_ptr_array_set_size(codes, 0);
#if ZXING_VERSION_MAJOR < 2
  survive([&] { add_codes(codes, view, unstacked_codes()); });
  survive([&] { add_codes(codes, view, one_databar()); });
#endif
  if (!codes->len)
    survive([&] { add_codes(codes, view, all_codes().setMaxNumberOfSymbols(1)); });
}

/* Between its neighbours, so that a line of one pixel becomes one that can be followed.
 */
static GreyPicture *
enlarged(const GreyPicture *picture)
{
  GreyPicture *twice = grey_picture_new(2 * picture->width, 2 * picture->height);

  for (int y = 0; y < twice->height; y++)
    for (int x = 0; x < twice->width; x++) {
      int left = x / 2, top = y / 2;
      int right = MIN(left + x % 2, picture->width - 1);
      int under = MIN(top + y % 2, picture->height - 1);
      const guint8 *upper = picture->pixels + static_cast<gsize>(top) * picture->stride;
      const guint8 *lower = picture->pixels + static_cast<gsize>(under) * picture->stride;
      twice->pixels[static_cast<gsize>(y) * twice->stride + x] = static_cast<guint8>(
          (upper[left] + upper[right] + lower[left] + lower[right] + 2) / 4);
    }
  return twice;
}

static void
add_by_other_means(GPtrArray *codes, const GreyPicture *picture)
{
  auto options = all_codes().setMaxNumberOfSymbols(1).setBinarizer(
      ZXing::Binarizer::GlobalHistogram);

  survive([&] { add_codes(codes, view_of(picture), options); });
  if (codes->len || MIN(picture->width, picture->height) > SMALL_SIDE)
    return;
  GreyPicture *twice = enlarged(picture);
  survive(
      [&] { add_codes(codes, view_of(twice), all_codes().setMaxNumberOfSymbols(1)); });
  grey_picture_free(twice);
}

GPtrArray *
decode_grey(const guint8 *pixels, int width, int height, int stride)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func(free_code);
  const GreyPicture picture = {const_cast<guint8 *>(pixels), width, height, stride};

  if (width <= 0 || height <= 0)
    return codes;
  add_all_codes(codes, &picture);
#if ZXING_VERSION_MAJOR < 2
  survive([&] { add_data_matrix(codes, &picture); });
#endif
  if (!codes->len)
    add_by_other_means(codes, &picture);
  return codes;
}

/* A part of an interleaved code looks like a whole one; the 14 digits of a case do not.
 */
static bool
is_trusted(const DecodedCode *code)
{
  char gtin[15];
  return strcmp(code->symbology, "ITF") != 0 ||
         (code->length == 14 && barcode_to_gtin14(code->text, gtin));
}

static void
drop_untrusted(GPtrArray *codes)
{
  for (guint i = codes->len; i > 0; i--)
    if (!is_trusted(static_cast<const DecodedCode *>(codes->pdata[i - 1])))
      g_ptr_array_remove_index(codes, i - 1);
}

GPtrArray *
decode_frame(const guint8 *pixels, int width, int height, int stride)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func(free_code);
  const GreyPicture picture = {const_cast<guint8 *>(pixels), width, height, stride};

  if (width <= 0 || height <= 0)
    return codes;
  if (!survive([&] { add_codes(codes, view_of(&picture), live_codes()); })) {
    g_ptr_array_set_size(codes, 0);
    survive([&] {
      add_codes(codes, view_of(&picture), live_codes().setMaxNumberOfSymbols(1));
    });
  }
#if ZXING_VERSION_MAJOR < 2
  if (!codes->len)
    survive([&] { add_data_matrix(codes, &picture); });
#endif
  drop_untrusted(codes);
  return codes;
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

/* What is no UTF-8 is put in byte by byte, as Latin 1 is, and nothing said of it. */
static ZXing::CharacterSet
charset_for(std::string &content)
{
  if (g_utf8_validate(content.data(), static_cast<gssize>(content.size()), nullptr))
    return ZXing::CharacterSet::UTF8;
  std::string wide;
  for (char byte : content) {
    char utf8[6];
    wide.append(utf8, g_unichar_to_utf8(static_cast<guint8>(byte), utf8));
  }
  content = wide;
  return ZXing::CharacterSet::Unknown;
}

static SymbolModules *
encoded(const char *symbology, std::string content)
{
  auto format = ZXing::BarcodeFormatFromString(symbology);
  bool is_matrix = format == ZXing::BarcodeFormat::QRCode ||
                   format == ZXing::BarcodeFormat::PDF417 ||
                   format == ZXing::BarcodeFormat::DataMatrix;
  ZXing::MultiFormatWriter writer(format);

  writer.setMargin(0).setEncoding(charset_for(content));
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
