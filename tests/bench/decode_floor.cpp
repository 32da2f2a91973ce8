#define ZX_USE_UTF8 1

#include "tests/bench/decode_floor.h"

#include <ZXing/ReadBarcode.h>
#if __has_include(<ZXing/Version.h>)
#include <ZXing/Version.h>
#else
#include <ZXing/ZXVersion.h>
#endif

#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

using Format = ZXing::BarcodeFormat;

static auto
reader_options()
{
#if ZXING_VERSION_MAJOR > 2 || (ZXING_VERSION_MAJOR == 2 && ZXING_VERSION_MINOR >= 2)
  return ZXing::ReaderOptions();
#else
  return ZXing::DecodeHints();
#endif
}

static auto
live_options()
{
  return reader_options()
      .setFormats(Format::EAN8 | Format::EAN13 | Format::UPCA | Format::UPCE |
                  Format::Code128 | Format::Code39 | Format::ITF | Format::DataBar |
                  Format::DataBarExpanded | Format::DataMatrix | Format::QRCode)
      .setTryDownscale(false)
      .setMaxNumberOfSymbols(8);
}

template <typename Options>
static int
count(const ZXing::ImageView &view, const Options &options)
{
  int n = 0;
  for (const auto &found : ZXing::ReadBarcodes(view, options))
    n += found.isValid() && !found.text().empty();
  return n;
}

int
decode_floor_count(
    const guint8 *pixels, int width, int height, int stride, DecodeFloorOptions options)
{
  const ZXing::ImageView view(pixels, width, height, ZXing::ImageFormat::Lum, stride);
  return options == DECODE_FLOOR_LIVE ? count(view, live_options())
                                      : count(view, reader_options());
}

/* @return -1: the process ended before its time. */
template <typename Work>
static int
in_own_process(const Work &work)
{
  pid_t child = fork();
  if (child == 0) {
    int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO);
    _exit(MIN(work(), 100));
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int
decode_floor_count_safely(
    const guint8 *pixels, int width, int height, int stride, gboolean *ret_breaks)
{
  const ZXing::ImageView view(pixels, width, height, ZXing::ImageFormat::Lum, stride);
  int n = in_own_process([&] { return count(view, reader_options()); });
  int live = in_own_process([&] { return count(view, live_options()); });

  *ret_breaks = n < 0 || live < 0;
  if (n < 0)
    n = in_own_process(
        [&] { return count(view, reader_options().setMaxNumberOfSymbols(1)); });
  return MAX(n, 0);
}
