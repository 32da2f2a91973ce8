#include "drivers/grey_picture.h"

#include <errno.h>
#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK 65536

G_DEFINE_QUARK(guitai - grey - picture - error, grey_picture_error)

GreyPicture *
grey_picture_new(int width, int height)
{
  GreyPicture *picture = g_new(GreyPicture, 1);
  gsize size = (gsize)width * (gsize)height;

  *picture = (GreyPicture){g_malloc(size), width, height, width};
  memset(picture->pixels, 0xff, size);
  return picture;
}

void
grey_picture_free(GreyPicture *picture)
{
  if (!picture)
    return;
  g_free(picture->pixels);
  g_free(picture);
}

/* -- from gdk-pixbuf ---------------------------------------------------------------- */

/* What shines through is white, as on paper. */
static guint8
grey_of(const guint8 *pixel, bool has_alpha)
{
  unsigned grey = (pixel[0] * 77u + pixel[1] * 151u + pixel[2] * 28u) >> 8;
  return (guint8)(has_alpha ? (grey * pixel[3] + 255u * (255u - pixel[3])) / 255u : grey);
}

static GreyPicture *
grey_of_pixbuf(const GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width(pixbuf), height = gdk_pixbuf_get_height(pixbuf);
  int channels = gdk_pixbuf_get_n_channels(pixbuf);
  gsize stride = (gsize)gdk_pixbuf_get_rowstride(pixbuf);
  bool has_alpha = gdk_pixbuf_get_has_alpha(pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels(pixbuf);
  GreyPicture *grey = grey_picture_new(width, height);

  for (int y = 0; y < height; y++) {
    const guint8 *from = pixels + (gsize)y * stride;
    guint8 *to = grey->pixels + (gsize)y * (gsize)width;
    for (int x = 0; x < width; x++, from += channels)
      to[x] = grey_of(from, has_alpha);
  }
  return grey;
}

/* -- kinds -------------------------------------------------------------------------- */

static const struct {
  const char *name; /* as gdk-pixbuf names it */
  const char *begins;
  gsize at, length;
} KINDS[] = {
    {"png", "\x89PNG\r\n\x1a\n", 0, 8},
    {"jpeg", "\xff\xd8\xff", 0, 3},
    {"gif", "GIF8", 0, 4},
    {"bmp", "BM", 0, 2},
    {"webp", "WEBP", 8, 4},
};

static const char *
kind_of(const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS(KINDS); i++)
    if (length >= KINDS[i].at + KINDS[i].length &&
        memcmp(bytes + KINDS[i].at, KINDS[i].begins, KINDS[i].length) == 0)
      return KINDS[i].name;
  return NULL;
}

static bool
fail_kind(const char *kind, GError **error)
{
  g_set_error(error,
              GREY_PICTURE_ERROR,
              GREY_PICTURE_ERROR_KIND,
              "this is no picture that can be read here (%s); save it as PNG or JPEG",
              kind ? kind : "unknown kind");
  return false;
}

static bool
fail_size(int width, int height, GError **error)
{
  g_set_error(error,
              GREY_PICTURE_ERROR,
              GREY_PICTURE_ERROR_TOO_LARGE,
              "a picture of %d x %d is too large; cut out the part that matters",
              width,
              height);
  return false;
}

static bool
fail_broken(const GError *trouble, GError **error)
{
  g_set_error(error,
              GREY_PICTURE_ERROR,
              GREY_PICTURE_ERROR_BROKEN,
              "the picture is damaged or incomplete (%s); take or save it again",
              trouble ? trouble->message : "it holds no pixels");
  return false;
}

/* -- unpacking ---------------------------------------------------------------------- */

typedef struct {
  int width, height;
  bool is_too_large;
} Announced;

static bool
is_too_large(int width, int height)
{
  return (gint64)width * height > GREY_PICTURE_MAX_PIXELS;
}

/* A size of nothing makes the loader stop before it takes memory for the pixels. */
static void
on_size(GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Announced *announced = data;

  announced->width = width;
  announced->height = height;
  announced->is_too_large = width <= 0 || height <= 0 || is_too_large(width, height);
  if (announced->is_too_large)
    gdk_pixbuf_loader_set_size(loader, 0, 0);
}

/* A GIF may hold any number of frames of its size; only the first is wanted. */
static bool
is_enough(GdkPixbufLoader *loader, const char *kind)
{
  GdkPixbufAnimation *animation = gdk_pixbuf_loader_get_animation(loader);
  return g_str_equal(kind, "gif") && animation &&
         !gdk_pixbuf_animation_is_static_image(animation);
}

static bool
feed(GdkPixbufLoader *loader,
     const char *kind,
     const guint8 *bytes,
     gsize length,
     const Announced *announced,
     GError **error)
{
  for (gsize at = 0; at < length; at += CHUNK) {
    gsize n = MIN(length - at, CHUNK);
    if (!gdk_pixbuf_loader_write(loader, bytes + at, n, error))
      return false;
    if (announced->is_too_large || is_enough(loader, kind))
      break;
  }
  return true;
}

static GreyPicture *
upright(GdkPixbufLoader *loader)
{
  GdkPixbuf *raw = gdk_pixbuf_loader_get_pixbuf(loader);
  if (!raw || is_too_large(gdk_pixbuf_get_width(raw), gdk_pixbuf_get_height(raw)))
    return NULL;
  GdkPixbuf *turned = gdk_pixbuf_apply_embedded_orientation(raw);
  GreyPicture *grey = grey_of_pixbuf(turned);
  g_object_unref(turned);
  return grey;
}

static GreyPicture *
unpack(const char *kind, const guint8 *bytes, gsize length, GError **error)
{
  Announced announced = {0};
  g_autoptr(GError) trouble = NULL;
  GdkPixbufLoader *loader = gdk_pixbuf_loader_new_with_type(kind, NULL);
  GreyPicture *grey = NULL;

  if (!loader) {
    fail_kind(kind, error);
    return NULL;
  }
  g_signal_connect(loader, "size-prepared", G_CALLBACK(on_size), &announced);
  bool is_whole = feed(loader, kind, bytes, length, &announced, &trouble);
  bool is_closed = gdk_pixbuf_loader_close(loader, is_whole ? &trouble : NULL);
  if (announced.is_too_large)
    fail_size(announced.width, announced.height, error);
  else if (is_whole && (is_closed || g_str_equal(kind, "gif")))
    grey = upright(loader);
  if (!grey && !announced.is_too_large)
    fail_broken(trouble, error);
  g_object_unref(loader);
  return grey;
}

/* gdk-pixbuf takes as much memory as a BMP says its head is long. */
static bool
has_false_head(const char *kind, const guint8 *bytes, gsize length)
{
  guint32 head;

  if (!g_str_equal(kind, "bmp"))
    return false;
  if (length < 18)
    return true;
  memcpy(&head, bytes + 10, sizeof head);
  return GUINT32_FROM_LE(head) > length;
}

GreyPicture *
grey_picture_read(const guint8 *bytes, gsize length, GError **error)
{
  const char *kind = kind_of(bytes, length);

  if (!kind) {
    fail_kind(NULL, error);
    return NULL;
  }
  if (has_false_head(kind, bytes, length)) {
    fail_broken(NULL, error);
    return NULL;
  }
  return unpack(kind, bytes, length, error);
}

/* -- files -------------------------------------------------------------------------- */

static bool
fail_file(const char *path, const char *why, GError **error)
{
  g_set_error(error,
              GREY_PICTURE_ERROR,
              GREY_PICTURE_ERROR_FILE,
              "%s cannot be read: %s",
              path,
              why);
  return false;
}

/* A pipe or a device node has no end, and may never begin. */
static bool
is_plain_file(int fd, const char *path, GError **error)
{
  struct stat st;

  if (fstat(fd, &st) != 0)
    return fail_file(path, g_strerror(errno), error);
  if (!S_ISREG(st.st_mode))
    return fail_file(path, "it is no plain file", error);
  if (st.st_size <= GREY_PICTURE_MAX_BYTES)
    return true;
  g_set_error(error,
              GREY_PICTURE_ERROR,
              GREY_PICTURE_ERROR_TOO_LARGE,
              "%s is too large; make the picture smaller",
              path);
  return false;
}

/* Not mapped: a mapped file that somebody cuts off would end the program. */
static GByteArray *
read_fd(int fd, const char *path, GError **error)
{
  guint8 part[CHUNK];
  gssize n = 0;

  if (!is_plain_file(fd, path, error))
    return NULL;
  GByteArray *bytes = g_byte_array_new();
  while (bytes->len <= GREY_PICTURE_MAX_BYTES && (n = read(fd, part, sizeof part)) > 0)
    g_byte_array_append(bytes, part, (guint)n);
  if (n >= 0)
    return bytes;
  fail_file(path, g_strerror(errno), error);
  g_byte_array_unref(bytes);
  return NULL;
}

GreyPicture *
grey_picture_load(const char *path, GError **error)
{
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0) {
    fail_file(path, g_strerror(errno), error);
    return NULL;
  }
  g_autoptr(GByteArray) bytes = read_fd(fd, path, error);
  close(fd);
  return bytes ? grey_picture_read(bytes->data, bytes->len, error) : NULL;
}
