#include "drivers/raster_picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define MOST_BYTES  (4 << 20)
#define MOST_SIDE   8192
#define MOST_PIXELS (16 << 20)

/* Grey values with an error that is handed on; a margin on each side. */
typedef struct {
  int width, height;
  int *grey; /* owned */
} Tones;

static void
on_size(GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  bool *too_large = data;
  *too_large = width < 1 || height < 1 || width > MOST_SIDE || height > MOST_SIDE ||
               (gint64)width * height > MOST_PIXELS;
  /* The loader then makes one pixel of it instead of all. */
  if (*too_large)
    gdk_pixbuf_loader_set_size(loader, 1, 1);
}

static GdkPixbuf *
read_picture(GBytes *file)
{
  gsize length = g_bytes_get_size(file);
  bool too_large = false;

  if (!length || length > MOST_BYTES)
    return NULL;
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new();
  g_signal_connect(loader, "size-prepared", G_CALLBACK(on_size), &too_large);
  bool read = gdk_pixbuf_loader_write_bytes(loader, file, NULL);
  read = gdk_pixbuf_loader_close(loader, NULL) && read;
  GdkPixbuf *picture = read && !too_large ? gdk_pixbuf_loader_get_pixbuf(loader) : NULL;
  return picture ? g_object_ref(picture) : NULL;
}

/* Takes @picture. */
static GdkPixbuf *
fitted(GdkPixbuf *picture, int width, int height)
{
  int w = gdk_pixbuf_get_width(picture), h = gdk_pixbuf_get_height(picture);

  if (w <= width && h <= height)
    return picture;
  bool is_flat = (gint64)w * height > (gint64)h * width;
  int to_w = is_flat ? width : MAX((int)((gint64)w * height / h), 1);
  int to_h = is_flat ? MAX((int)((gint64)h * width / w), 1) : height;
  GdkPixbuf *small = gdk_pixbuf_scale_simple(picture, to_w, to_h, GDK_INTERP_BILINEAR);
  g_object_unref(picture);
  return small;
}

/* Of 255, on white paper. */
static int
grey_of(const guint8 *pixel, bool has_alpha)
{
  int grey = (pixel[0] * 299 + pixel[1] * 587 + pixel[2] * 114) / 1000;
  int alpha = has_alpha ? pixel[3] : 255;
  return 255 - (255 - grey) * alpha / 255;
}

static Tones
tones_of(const GdkPixbuf *picture)
{
  int width = gdk_pixbuf_get_width(picture), height = gdk_pixbuf_get_height(picture);
  int channels = gdk_pixbuf_get_n_channels(picture);
  int stride = gdk_pixbuf_get_rowstride(picture);
  const guint8 *pixels = gdk_pixbuf_read_pixels(picture);
  Tones tones = {width, height, g_new0(int, ((gsize)width + 2) * ((gsize)height + 1))};

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      tones.grey[y * (width + 2) + x + 1] = grey_of(
          pixels + (gsize)y * (gsize)stride + (gsize)x * (gsize)channels, channels == 4);
  return tones;
}

static Raster *
dither(Tones *tones, int paper)
{
  Raster *raster = raster_new(paper, tones->height);
  int left = (paper - tones->width) / 2;
  gssize row = tones->width + 2;

  for (int y = 0; y < tones->height; y++)
    for (int x = 0; x < tones->width; x++) {
      int *at = tones->grey + y * row + x + 1;
      bool is_black = *at < 128;
      int error = *at - (is_black ? 0 : 255);
      at[1] += error * 7 / 16;
      at[row - 1] += error * 3 / 16;
      at[row] += error * 5 / 16;
      at[row + 1] += error / 16;
      if (is_black)
        raster_blacken(raster, left + x, y, 1, 1);
    }
  return raster;
}

Raster *
raster_picture(GBytes *file, int width, int most_height)
{
  GdkPixbuf *picture = file ? read_picture(file) : NULL;
  if (!picture)
    return NULL;
  picture = fitted(picture, width, most_height);
  if (!picture)
    return NULL;
  Tones tones = tones_of(picture);
  Raster *raster = dither(&tones, width);
  g_free(tones.grey);
  g_object_unref(picture);
  return raster;
}
