#include "drivers/camera.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#include "drivers/camera_source.h"
#include "drivers/decode.h"
#include "drivers/grey_picture.h"
#include "tests/test.h"

/* A folder of pictures that a pipeline plays. */
typedef struct {
  char *folder;
  int pictures;
} Film;

static Film
film_new(void)
{
  return (Film){g_dir_make_tmp("guitai-film-XXXXXX", NULL), 0};
}

static void
film_free(Film *film)
{
  for (int i = 0; i < film->pictures; i++) {
    g_autofree char *path = g_strdup_printf("%s/%03d.png", film->folder, i);
    g_remove(path);
  }
  g_rmdir(film->folder);
  g_free(film->folder);
}

static void
paint(GdkPixbuf *picture, const char *symbology, const char *content, int top, int size)
{
  g_autoptr(SymbolModules) symbol = symbol_encode(symbology, content, strlen(content));
  int stride = gdk_pixbuf_get_rowstride(picture);
  guint8 *pixels = gdk_pixbuf_get_pixels(picture);
  bool is_bars = symbol->height == 1;

  for (int y = 0; y < (is_bars ? 100 : symbol->height * size); y++)
    for (int x = 0; x < symbol->width * size; x++)
      if (symbol->modules[(is_bars ? 0 : y / size) * symbol->width + x / size])
        memset(pixels + (top + y) * stride + (60 + x) * 3, 0x10, 3);
}

/* Takes @picture. */
static void
film_append(Film *film, GdkPixbuf *picture, int times)
{
  for (int i = 0; i < times; i++) {
    g_autofree char *path =
        g_strdup_printf("%s/%03d.png", film->folder, film->pictures++);
    CU_ASSERT_FATAL(gdk_pixbuf_save(picture, path, "png", NULL, NULL));
  }
  g_object_unref(picture);
}

static GdkPixbuf *
empty_table(void)
{
  GdkPixbuf *picture = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, 640, 480);
  gdk_pixbuf_fill(picture, 0xf0f0f0ff);
  return picture;
}

/* Appends @times pictures of one code. */
static void
film_add(Film *film, const char *symbology, const char *content, int times)
{
  GdkPixbuf *picture = empty_table();
  paint(picture, symbology, content, 100, 4);
  film_append(film, picture, times);
}

static char *
film_address(const Film *film, int frames_per_second)
{
  return g_strdup_printf("camera:multifilesrc location=%s/%%03d.png "
                         "caps=image/png,framerate=%d/1 ! pngdec",
                         film->folder,
                         frames_per_second);
}

/* What a camera told. */
typedef struct {
  GString *heard;   /* each code and a blank */
  GPtrArray *shown; /* of GBytes: pictures */
  char *failure;    /* the last, owned */
  int failure_code, gone, came;
} Ear;

static void
on_camera(Device *device, const DeviceEvent *event, gpointer data)
{
  Ear *ear = data;

  if (event->kind == DEVICE_HEARD && camera_is_picture(event->data))
    g_ptr_array_add(ear->shown, g_bytes_ref(event->data));
  else if (event->kind == DEVICE_HEARD)
    g_string_append_printf(ear->heard,
                           "%.*s ",
                           (int)g_bytes_get_size(event->data),
                           (const char *)g_bytes_get_data(event->data, NULL));
  if (event->kind != DEVICE_STATE)
    return;
  ear->gone += (event->state & DEVICE_GONE) != 0;
  ear->came += !(event->state & DEVICE_GONE);
  if (!event->failure)
    return;
  g_free(ear->failure);
  ear->failure = g_strdup(event->failure->message);
  ear->failure_code = event->failure->code;
}

static Ear
ear_new(void)
{
  return (Ear){.heard = g_string_new(NULL),
               .shown = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref)};
}

static void
ear_free(Ear *ear)
{
  g_string_free(ear->heard, TRUE);
  g_ptr_array_unref(ear->shown);
  g_free(ear->failure);
}

static gboolean
on_tick(gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Goes on until @condition; a minute is a failure. */
#define AWAIT(condition)                                                                 \
  do {                                                                                   \
    gint64 end = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;                           \
    guint tick = g_timeout_add(20, on_tick, NULL);                                       \
    while (!(condition) && g_get_monotonic_time() < end)                                 \
      g_main_context_iteration(NULL, TRUE);                                              \
    g_source_remove(tick);                                                               \
    CU_ASSERT(condition);                                                                \
  } while (0)

static void
codes_before_a_camera_are_heard_once_each(void)
{
  Film film = film_new();
  Ear ear = ear_new();
  film_add(&film, "EAN-13", "6901234567892", 6);
  film_add(&film, "QRCode", "one", 6);
  film_add(&film, "DataMatrix", "two", 6);
  g_autofree char *address = film_address(&film, 5);
  Device *device = device_open(address, on_camera, &ear);

  AWAIT(ear.gone);
  CU_ASSERT_STRING_EQUAL(ear.heard->str, "]E06901234567892 ]Q1one ]d1two ");
  CU_ASSERT_STRING_EQUAL(ear.failure, "the pictures have ended");
  /* It comes back by itself; what was last in view is known still, the rest is new. */
  AWAIT(ear.gone >= 2);
  CU_ASSERT(g_str_has_prefix(ear.heard->str,
                             "]E06901234567892 ]Q1one ]d1two ]E06901234567892 ]Q1one "));
  device_close(device);
  film_free(&film);
  ear_free(&ear);
}

/* FNC1 in front makes a Code 128 one of GS1. */
#define GS1_OF_PACK(lot)                                                                 \
  "\u00f10106901234567892"                                                               \
  "10" lot

static void
two_codes_of_one_pack_are_heard_as_one(void)
{
  Film film = film_new();
  Ear ear = ear_new();
  GdkPixbuf *pack = empty_table(), *other_pack = empty_table();
  paint(pack, "EAN-13", "6901234567892", 60, 3);
  paint(pack, "Code128", GS1_OF_PACK("B1"), 260, 2);
  paint(other_pack, "EAN-13", "6901234567892", 60, 3);
  paint(other_pack, "Code128", GS1_OF_PACK("B2"), 260, 2);
  film_append(&film, pack, 5);
  film_append(&film, other_pack, 5);
  film_add(&film, "QRCode", "end", 4);
  g_autofree char *address = film_address(&film, 5);
  Device *device = device_open(address, on_camera, &ear);

  AWAIT(strstr(ear.heard->str, "end") != NULL);
  CU_ASSERT_STRING_EQUAL(ear.heard->str,
                         "]C1010690123456789210B1 ]C1010690123456789210B2 ]Q1end ");
  device_close(device);
  film_free(&film);
  ear_free(&ear);
}

static void
a_still_picture_is_heard_once_however_often_it_is_shown(void)
{
  Film film = film_new();
  Ear ear = ear_new();
  film_add(&film, "QRCode", "still", 1);
  g_autofree char *address =
      g_strdup_printf("camera:filesrc location=%s/000.png ! pngdec", film.folder);
  Device *device = device_open(address, on_camera, &ear);

  AWAIT(ear.gone >= 3);
  CU_ASSERT_STRING_EQUAL(ear.heard->str, "]Q1still ");
  device_close(device);
  film_free(&film);
  ear_free(&ear);
}

static void
a_source_that_never_ends_can_be_closed(void)
{
  Ear ear = ear_new();
  Device *device = device_open("camera:videotestsrc is-live=true", on_camera, &ear);

  AWAIT(ear.came);
  CU_ASSERT_EQUAL(device_state(device) & DEVICE_GONE, 0);
  device_close(device);
  CU_ASSERT_EQUAL(ear.heard->len, 0);
  ear_free(&ear);
}

static const struct {
  const char *address;
  DeviceError code;
  const char *says;
} NONSENSE[] = {
    {"camera:nosuchelement", DEVICE_ERROR_ADDRESS, "nosuchelement"},
    {"camera:videotestsrc ! ! fakesink", DEVICE_ERROR_ADDRESS, "cannot be made"},
    {"camera:videotestsrc !", DEVICE_ERROR_ADDRESS, "cannot be made"},
    {"camera:videotestsrc colour=blue", DEVICE_ERROR_ADDRESS, "colour"},
    {"camera:\"", DEVICE_ERROR_ADDRESS, "cannot be made"},
    {"camera:fakesink", DEVICE_ERROR_ADDRESS, "cannot be made"},
    {"camera:usb:", DEVICE_ERROR_ADDRESS, "usb:046d:0825@1-2"},
    {"camera:usb:zz:yy", DEVICE_ERROR_ADDRESS, "usb:046d:0825@1-2"},
    {"camera:usb:ffff:ffff@99-9", DEVICE_ERROR_GONE, "ffff:ffff@99-9"},
    {"camera:v4l2src device=/dev/no-such-camera", DEVICE_ERROR_GONE, "no-such-camera"},
    {"camera:filesrc location=/nowhere.png ! pngdec", DEVICE_ERROR_GONE, "the camera"},
    {"camera:audiotestsrc", DEVICE_ERROR_ADDRESS, "cannot be made"},
    {"camera:videotestsrc ! video/x-raw,width=10000,height=10000",
     DEVICE_ERROR_ADDRESS,
     "10000"},
};

static void
a_pipeline_that_is_nonsense_says_so_and_harms_nobody(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(NONSENSE); i++) {
    Ear ear = ear_new();
    Device *device = device_open(NONSENSE[i].address, on_camera, &ear);
    AWAIT(ear.failure != NULL);
    if (!ear.failure || !strstr(ear.failure, NONSENSE[i].says) ||
        ear.failure_code != (int)NONSENSE[i].code)
      g_printerr("%s: %d %s\n", NONSENSE[i].address, ear.failure_code, ear.failure);
    CU_ASSERT_EQUAL(ear.failure_code, (int)NONSENSE[i].code);
    CU_ASSERT(ear.failure && strstr(ear.failure, NONSENSE[i].says));
    CU_ASSERT(device_state(device) & DEVICE_GONE);
    device_close(device);
    ear_free(&ear);
  }
}

/* An element of the pipeline fails while it runs: the cable was pulled. */
static void
a_camera_that_is_pulled_is_gone_and_comes_back(void)
{
  Ear ear = ear_new();
  Device *device = device_open(
      "camera:videotestsrc is-live=true ! identity error-after=3", on_camera, &ear);

  AWAIT(ear.gone >= 2 && ear.came >= 2);
  CU_ASSERT(ear.failure && strstr(ear.failure, "the camera says"));
  CU_ASSERT_EQUAL(ear.failure_code, DEVICE_ERROR_GONE);
  device_close(device);
  ear_free(&ear);
}

/* It runs, but no picture comes, and it does not say why. */
static void
a_camera_that_stalls_is_gone(void)
{
  Ear ear = ear_new();
  Device *device =
      device_open("camera:videotestsrc is-live=true ! valve drop=true", on_camera, &ear);

  AWAIT(ear.gone);
  CU_ASSERT_EQUAL(ear.failure_code, DEVICE_ERROR_NO_ANSWER);
  device_close(device);
  ear_free(&ear);
}

static void
ask_for(Device *device, const char *wish)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static(wish, strlen(wish));
  device_send(device, bytes, 1);
}

static void
a_camera_gives_the_picture_that_is_asked_for(void)
{
  Ear ear = ear_new();
  Device *device = device_open("camera:videotestsrc is-live=true pattern=smpte ! "
                               "video/x-raw,width=1280,height=720",
                               on_camera,
                               &ear);
  AWAIT(ear.came);
  ask_for(device, CAMERA_TAKE_PREVIEW);
  AWAIT(ear.shown->len == 1);
  ask_for(device, CAMERA_TAKE_DOCUMENT);
  AWAIT(ear.shown->len == 2);
  device_close(device);
  for (guint i = 0; i < ear.shown->len; i++) {
    gsize length;
    const guint8 *bytes = g_bytes_get_data(ear.shown->pdata[i], &length);
    g_autoptr(GreyPicture) picture = grey_picture_read(bytes, length, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(picture);
    CU_ASSERT(i > 0 || (picture->width == 480 && picture->height == 270));
  }
  ear_free(&ear);
}

static void
the_first_camera_is_meant_when_no_other_is_named(void)
{
  g_autofree char *first = camera_source("camera:", NULL);
  g_autofree char *own = camera_source("camera: videotestsrc ! tee ", NULL);

  CU_ASSERT(g_str_has_prefix(first, "v4l2src ! "));
  CU_ASSERT_STRING_EQUAL(own, "videotestsrc ! tee");
}

/* On a machine without a camera as on one with: it is there or says why not. */
static void
the_first_camera_is_a_pipeline_that_can_be_made(void)
{
  Ear ear = ear_new();
  Device *device = device_open("camera:", on_camera, &ear);

  AWAIT(ear.came || ear.failure);
  CU_ASSERT(ear.came || ear.failure_code != DEVICE_ERROR_ADDRESS);
  device_close(device);
  ear_free(&ear);
}

TESTS("camera",
      TEST(codes_before_a_camera_are_heard_once_each),
      TEST(two_codes_of_one_pack_are_heard_as_one),
      TEST(a_still_picture_is_heard_once_however_often_it_is_shown),
      TEST(a_source_that_never_ends_can_be_closed),
      TEST(a_pipeline_that_is_nonsense_says_so_and_harms_nobody),
      TEST(a_camera_that_is_pulled_is_gone_and_comes_back),
      TEST(a_camera_that_stalls_is_gone),
      TEST(a_camera_gives_the_picture_that_is_asked_for),
      TEST(the_first_camera_is_meant_when_no_other_is_named),
      TEST(the_first_camera_is_a_pipeline_that_can_be_made))
