/* GreyPicture: a picture as grey bytes, and pictures read from files that anybody may
 * have made: PNG, JPEG, BMP, GIF (its first frame), and WebP where gdk-pixbuf knows it.
 * Turned upright as the file says (EXIF), on white where it is see-through. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint8 *pixels; /* owned when made here; 0 is black */
  int width, height;
  int stride; /* bytes from row to row */
} GreyPicture;

#define GREY_PICTURE_MAX_PIXELS 67108864
#define GREY_PICTURE_MAX_BYTES  67108864 /* of a file */

#define GREY_PICTURE_ERROR (grey_picture_error_quark())
GQuark grey_picture_error_quark(void);
typedef enum {
  GREY_PICTURE_ERROR_FILE,      /* it cannot be read at all */
  GREY_PICTURE_ERROR_KIND,      /* no picture, or of an unknown kind */
  GREY_PICTURE_ERROR_BROKEN,    /* damaged or cut off */
  GREY_PICTURE_ERROR_TOO_LARGE, /* in bytes or pixels */
} GreyPictureError;

GreyPicture *grey_picture_new(int width, int height); /* white */
void grey_picture_free(GreyPicture *picture);         /* NULL is fine */
/* NULL with @error. Sizes are looked at before anything is unpacked. Any thread. */
GreyPicture *grey_picture_load(const char *path, GError **error);
GreyPicture *grey_picture_read(const guint8 *bytes, gsize length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GreyPicture, grey_picture_free)

G_END_DECLS
