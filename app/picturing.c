#include "app/picturing.h"

#include <string.h>

#include "app/backroom.h"
#include "app/base/worker.h"
#include "app/finding.h"
#include "app/minding.h"
#include "app/scan.h"
#include "db/product_store.h"
#include "drivers/camera.h"
#include "drivers/decode.h"
#include "drivers/grey_picture.h"

#define MOST_TOLD 3 /* codes that a message names */

/* One picture, on its way to the reader's thread and back. */
typedef struct {
  Till *till;
  Worker *worker;    /* the till forgets it before it has ended */
  char *path;        /* owned; or */
  guint8 *pixels;    /* owned */
  int width, height; /* of @pixels */
  GPtrArray *codes;  /* owned; of DecodedCode; NULL: */
  GError *failure;   /* owned */
} Picture;

static void
picture_free(gpointer data)
{
  Picture *picture = data;

  g_free(picture->path);
  g_free(picture->pixels);
  g_clear_pointer(&picture->codes, g_ptr_array_unref);
  g_clear_error(&picture->failure);
  g_free(picture);
}

/* -- what comes of it ---------------------------------------------------------------- */

static void
say(Till *till, NoticeId id, const char *what, int64_t number)
{
  till_notice(
      till,
      (Notice){.kind = NOTICE_WARN, .id = id, .what = g_strdup(what), .number = number});
}

static void
say_failure(Till *till, const GError *failure)
{
  NoticeId id = NOTICE_PICTURE_UNREADABLE;

  if (g_error_matches(failure, GREY_PICTURE_ERROR, GREY_PICTURE_ERROR_BROKEN))
    id = NOTICE_PICTURE_BROKEN;
  if (g_error_matches(failure, GREY_PICTURE_ERROR, GREY_PICTURE_ERROR_TOO_LARGE))
    id = NOTICE_PICTURE_TOO_LARGE;
  say(till, id, NULL, 0);
}

static GString *
as_scanned(const DecodedCode *code)
{
  GString *bytes = g_string_new(code->aim);
  return g_string_append_len(bytes, code->text, (gssize)code->length);
}

static void
scan(Till *till, const DecodedCode *code)
{
  g_autoptr(GString) bytes = as_scanned(code);
  scan_code(till, bytes->str, bytes->len, SCAN_SCANNED);
}

static Barcode
read_code(const DecodedCode *code)
{
  g_autoptr(GString) bytes = as_scanned(code);
  return barcode_read(bytes->str, bytes->len, BARCODE_IN_SALE);
}

/* The one that says most when all of them name one article: with lot and expiry before
 * the bare number. NULL: they do not. */
static const DecodedCode *
richest(const GPtrArray *codes)
{
  char gtin[15] = "";
  const DecodedCode *best = NULL;

  for (guint i = 0; i < codes->len; i++) {
    g_auto(Barcode) barcode = read_code(codes->pdata[i]);
    if (!*barcode.gtin || (*gtin && !g_str_equal(gtin, barcode.gtin)))
      return NULL;
    g_strlcpy(gtin, barcode.gtin, sizeof gtin);
    if (!best || barcode.kind == BARCODE_GS1)
      best = codes->pdata[i];
  }
  return best;
}

static void
add_matches(Till *till, const DecodedCode *code, GPtrArray *all)
{
  g_auto(Barcode) barcode = read_code(code);
  g_autoptr(GPtrArray) matches = NULL;

  if (scan_find(till->catalogue, &barcode, till_now_us(till), &matches, NULL))
    g_ptr_array_extend_and_steal(all, g_steal_pointer(&matches));
}

static char *
texts_of(const GPtrArray *codes)
{
  g_autoptr(GString) all = g_string_new(NULL);

  for (guint i = 0; i < MIN(codes->len, MOST_TOLD); i++) {
    g_auto(Barcode) barcode = read_code(codes->pdata[i]);
    if (barcode.kind == BARCODE_ID_NUMBER)
      continue;
    g_string_append_printf(
        all, "%s%.40s", all->len ? " · " : "", barcode.text ? barcode.text : "");
  }
  if (!g_utf8_validate(all->str, -1, NULL))
    g_string_truncate(all, 0);
  return g_strdup(all->str);
}

static void
take_several(Till *till, const GPtrArray *codes)
{
  const DecodedCode *one = richest(codes);
  bool is_selling = till->page == PAGE_SALE || till->page == PAGE_SEARCH;
  g_autoptr(GPtrArray) matches =
      g_ptr_array_new_with_free_func((GDestroyNotify)product_match_free);

  if (one) {
    scan(till, one);
    return;
  }
  minding_begin_deed(till);
  for (guint i = 0; is_selling && till->catalogue && i < codes->len; i++)
    add_matches(till, codes->pdata[i], matches);
  if (matches->len)
    finding_show_matches(till, matches);
  g_autofree char *texts = texts_of(codes);
  say(till,
      matches->len ? NOTICE_PICTURE_CHOOSE : NOTICE_PICTURE_SEVERAL,
      texts,
      codes->len);
}

static void
take_outcome(gpointer data)
{
  Picture *picture = data;
  Till *till = picture->till;

  if (picture->codes && picture->codes->len == 1) {
    scan(till, picture->codes->pdata[0]);
  } else if (picture->codes && picture->codes->len > 1) {
    take_several(till, picture->codes);
  } else {
    minding_begin_deed(till);
    if (picture->codes)
      say(till, NOTICE_PICTURE_EMPTY, NULL, 0);
    else
      say_failure(till, picture->failure);
  }
}

/* -- on the reader's thread -----------------------------------------------------------
 */

/* Premultiplied: what shines through is white, as on paper. */
static GPtrArray *
decode_pixels(const guint8 *pixels, int width, int height)
{
  g_autoptr(GreyPicture) grey = grey_picture_new(width, height);

  for (gsize i = 0; i < (gsize)width * (gsize)height; i++) {
    const guint8 *p = pixels + i * 4;
    unsigned level = ((p[0] * 28u + p[1] * 151u + p[2] * 77u) >> 8) + 255u - p[3];
    grey->pixels[i] = (guint8)MIN(level, 255);
  }
  return decode_grey(grey->pixels, width, height, width);
}

static void
read_picture(gpointer data)
{
  Picture *picture = data;
  Picture *outcome = g_new(Picture, 1);
  Worker *worker = picture->worker;

  if (worker_is_ending(worker)) {
    g_free(outcome);
    return;
  }
  if (picture->path)
    picture->codes = decode_file(picture->path, &picture->failure);
  else
    picture->codes = decode_pixels(picture->pixels, picture->width, picture->height);
  *outcome = *picture;
  *picture = (Picture){0};
  worker_tell(worker, take_outcome, outcome, picture_free);
}

/* Takes @wanted. */
static void
begin(Till *till, Picture wanted)
{
  Picture *picture = g_new(Picture, 1);

  *picture = wanted;
  picture->till = till;
  if (!till->backroom->eyes)
    till->backroom->eyes = worker_new("eyes");
  picture->worker = till->backroom->eyes;
  worker_run(till->backroom->eyes, read_picture, picture, picture_free);
}

/* -- verbs --------------------------------------------------------------------------- */

void
picturing_file(Till *till, const char *path)
{
  begin(till, (Picture){.path = g_strdup(path)});
}

void
picturing_pixels(Till *till, guint8 *pixels, int width, int height)
{
  if (width <= 0 || height <= 0 || (gint64)width * height > GREY_PICTURE_MAX_PIXELS) {
    minding_begin_deed(till);
    say(till, NOTICE_PICTURE_TOO_LARGE, NULL, 0);
    g_free(pixels);
    return;
  }
  begin(till, (Picture){.pixels = pixels, .width = width, .height = height});
}

void
picturing_close(Till *till)
{
  g_clear_pointer(&till->backroom->eyes, worker_free);
  g_clear_pointer(&till->picture, g_bytes_unref);
}

void
picturing_on_camera(Till *till, const DeviceEvent *event)
{
  gsize length;

  if (event->kind != DEVICE_HEARD)
    return;
  if (!camera_is_picture(event->data)) {
    const char *bytes = g_bytes_get_data(event->data, &length);
    scan_code(till, bytes, length, SCAN_SCANNED);
    return;
  }
  g_clear_pointer(&till->picture, g_bytes_unref);
  till->picture = g_bytes_ref(event->data);
  till_notice(till, (Notice){.kind = NOTICE_INFO, .id = NOTICE_PICTURE_TAKEN});
  till_changed(till, TILL_DEVICES);
}

void
picturing_try_camera(Till *till)
{
  g_autoptr(GBytes) wish =
      g_bytes_new_static(CAMERA_TAKE_DOCUMENT, strlen(CAMERA_TAKE_DOCUMENT));

  if (till->device[USE_CAMERA])
    device_send(till->device[USE_CAMERA], wish, 0);
}
