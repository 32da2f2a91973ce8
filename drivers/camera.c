#include "drivers/camera.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/domain/barcode.h"
#include "drivers/camera_source.h"
#include "drivers/decode.h"
#include "drivers/document_picture.h"
#include "drivers/frame_change.h"
#include "drivers/presentation.h"

#define REST_MS 110 /* between two frames: at most nine a second */
#define WAIT_MS 250
#define FIRST_US                                                                         \
  (10 * (int64_t)G_USEC_PER_SEC) /* a camera may take its time to start                  \
                                  */
#define STALL_US      (4 * (int64_t)G_USEC_PER_SEC)
#define PREVIEW_WIDTH 480

#define BEHIND                                                                           \
  " ! videoconvert ! video/x-raw,format=GRAY8,width=[16,8192],height=[16,8192]"          \
  " ! appsink name=guitai-eye drop=true max-buffers=1"

typedef enum { WISH_NOTHING, WISH_DOCUMENT, WISH_PREVIEW } Wish;

typedef struct {
  GstElement *pipeline; /* owned */
  GstAppSink *sink;     /* owned */
  GstBus *bus;          /* owned */
  GQueue *heard;        /* owned; of GBytes */
  FrameChange change;
  Wish wish;
  bool has_seen;
  int64_t seen_us; /* when a frame came last, or the pipeline was started */
} Camera;

/* Of this device's thread: what lies before a camera whose cable is loose is not heard
 * again each time it comes back. */
static _Thread_local Presentation in_view;

/* -- messages of the pipeline ------------------------------------------------------- */

static DeviceError
kind_of(const GError *trouble, const char *debug)
{
  if (trouble->domain != GST_RESOURCE_ERROR)
    return DEVICE_ERROR_GONE;
  if (trouble->code == GST_RESOURCE_ERROR_BUSY)
    return DEVICE_ERROR_BUSY;
  bool is_forbidden = trouble->code == GST_RESOURCE_ERROR_NOT_AUTHORIZED ||
                      (debug && strstr(debug, g_strerror(EACCES)));
  return is_forbidden ? DEVICE_ERROR_ACCESS : DEVICE_ERROR_GONE;
}

/* Takes all that the pipeline said. @return false with @error when it has failed. */
static bool
hear_pipeline(GstBus *bus, GError **error)
{
  bool is_well = true;
  GstMessage *message;

  while ((message = gst_bus_pop(bus))) {
    if (is_well && GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
      g_autoptr(GError) trouble = NULL;
      g_autofree char *debug = NULL;
      gst_message_parse_error(message, &trouble, &debug);
      g_set_error(error,
                  DEVICE_ERROR,
                  (int)kind_of(trouble, debug),
                  "the camera says: %s",
                  trouble->message);
      is_well = false;
    }
    gst_message_unref(message);
  }
  return is_well;
}

/* -- open --------------------------------------------------------------------------- */

static GstElement *
pipeline_of(const char *source, GError **error)
{
  g_autofree char *description = g_strconcat(source, BEHIND, NULL);
  g_autoptr(GError) trouble = NULL;
  GstElement *pipeline = gst_parse_launch(description, &trouble);

  /* GStreamer makes what it can of a line with mistakes; half a pipeline is none. */
  if (!trouble && pipeline && GST_IS_PIPELINE(pipeline))
    return pipeline;
  gst_clear_object(&pipeline);
  g_set_error(error,
              DEVICE_ERROR,
              DEVICE_ERROR_ADDRESS,
              "the camera's pipeline \"%s\" cannot be made: %s",
              source,
              trouble ? trouble->message : "it is no pipeline");
  return NULL;
}

static void
camera_close(gpointer self)
{
  Camera *camera = self;

  gst_element_set_state(camera->pipeline, GST_STATE_NULL);
  gst_clear_object(&camera->sink);
  gst_clear_object(&camera->bus);
  gst_clear_object(&camera->pipeline);
  g_queue_free_full(camera->heard, (GDestroyNotify)g_bytes_unref);
  g_free(camera);
}

static Camera *
start(GstElement *pipeline, GError **error)
{
  Camera *camera = g_new0(Camera, 1);
  GstElement *sink = gst_bin_get_by_name(GST_BIN(pipeline), "guitai-eye");

  camera->pipeline = pipeline;
  camera->sink = GST_APP_SINK(sink);
  camera->bus = gst_element_get_bus(pipeline);
  camera->heard = g_queue_new();
  camera->seen_us = clock_monotonic_us();
  if (gst_element_set_state(pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return camera;
  if (hear_pipeline(camera->bus, error))
    g_set_error_literal(error, DEVICE_ERROR, DEVICE_ERROR_GONE, "the camera won't start");
  camera_close(camera);
  return NULL;
}

static gpointer
camera_open(const char *address, GError **error)
{
  g_autofree char *source = camera_source(address, error);
  g_autoptr(GError) trouble = NULL;

  if (!source)
    return NULL;
  if (!gst_init_check(NULL, NULL, &trouble)) {
    g_set_error(
        error, DEVICE_ERROR, DEVICE_ERROR_BROKEN, "GStreamer: %s", trouble->message);
    return NULL;
  }
  GstElement *pipeline = pipeline_of(source, error);
  return pipeline ? start(pipeline, error) : NULL;
}

/* -- frames ------------------------------------------------------------------------- */

static GString *
as_scanned(const DecodedCode *code)
{
  GString *bytes = g_string_new(code->aim);
  return g_string_append_len(bytes, code->text, (gssize)code->length);
}

typedef struct {
  char text[16];
} Mark;

static Mark
mark_of(char what, const char *gtin)
{
  Mark mark = {{what}};
  g_strlcpy(mark.text + 1, gtin, sizeof mark.text - 1);
  return mark;
}

/* A pack shows its number as a bar code and, with lot and serial, as a Data Matrix: in
 * one view they are one thing. Two Data Matrix of one number are two packs. */
static bool
is_new(const DecodedCode *code, const GString *bytes)
{
  g_auto(Barcode) barcode = barcode_read(bytes->str, bytes->len, BARCODE_ANYWHERE);
  bool is_itself = presentation_sees(&in_view, bytes->str, bytes->len);
  Mark full = mark_of('f', barcode.gtin), bare = mark_of('b', barcode.gtin);

  if (!*barcode.gtin)
    return is_itself;
  if (code->is_gs1 && (barcode.serial || barcode.lot)) {
    presentation_sees(&in_view, &full, sizeof full);
    return is_itself && !presentation_has(&in_view, &bare, sizeof bare);
  }
  if (presentation_has(&in_view, &full, sizeof full))
    return false;
  presentation_sees(&in_view, &bare, sizeof bare);
  return is_itself;
}

static void
hear_code(Camera *camera, const DecodedCode *code)
{
  GString *bytes = as_scanned(code);

  if (is_new(code, bytes))
    g_queue_push_tail(camera->heard, g_string_free_to_bytes(bytes));
  else
    g_string_free(bytes, TRUE);
}

static void
look_for_codes(Camera *camera, const GreyPicture *frame, int64_t now_us)
{
  FrameNews news = frame_change_see(
      &camera->change, frame->pixels, frame->width, frame->height, frame->stride, now_us);
  if (news == FRAME_SAME)
    return;
  g_autoptr(GPtrArray) codes =
      decode_frame(frame->pixels, frame->width, frame->height, frame->stride);
  presentation_begin(&in_view);
  /* What says most comes first. */
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < codes->len; i++) {
      const DecodedCode *code = codes->pdata[i];
      if (code->is_gs1 == (pass == 0))
        hear_code(camera, code);
    }
  presentation_end(&in_view, news == FRAME_CHANGED, now_us);
}

static void
look(Camera *camera, const GreyPicture *frame)
{
  if (camera->wish == WISH_DOCUMENT)
    g_queue_push_tail(camera->heard, document_picture_take(frame));
  else if (camera->wish == WISH_PREVIEW)
    g_queue_push_tail(camera->heard, document_picture_preview(frame, PREVIEW_WIDTH));
  camera->wish = WISH_NOTHING;
  look_for_codes(camera, frame, clock_monotonic_us());
}

static void
look_at_sample(Camera *camera, GstSample *sample)
{
  GstVideoInfo info;
  GstVideoFrame frame;

  camera->has_seen = true;
  camera->seen_us = clock_monotonic_us();
  if (!gst_video_info_from_caps(&info, gst_sample_get_caps(sample)) ||
      !gst_video_frame_map(&frame, &info, gst_sample_get_buffer(sample), GST_MAP_READ))
    return;
  look(camera,
       &(GreyPicture){.pixels = GST_VIDEO_FRAME_PLANE_DATA(&frame, 0),
                      .width = GST_VIDEO_FRAME_WIDTH(&frame),
                      .height = GST_VIDEO_FRAME_HEIGHT(&frame),
                      .stride = GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0)});
  gst_video_frame_unmap(&frame);
}

static bool
is_there(Camera *camera, GError **error)
{
  int64_t silent_us = clock_monotonic_us() - camera->seen_us;

  if (!hear_pipeline(camera->bus, error))
    return false;
  if (gst_app_sink_is_eos(camera->sink)) {
    g_set_error_literal(
        error, DEVICE_ERROR, DEVICE_ERROR_GONE, "the pictures have ended");
    return false;
  }
  if (silent_us < (camera->has_seen ? STALL_US : FIRST_US))
    return true;
  g_set_error_literal(
      error, DEVICE_ERROR, DEVICE_ERROR_NO_ANSWER, "the camera sends no pictures");
  return false;
}

static GBytes *
camera_listen(gpointer self, DeviceState *state, GError **error)
{
  Camera *camera = self;

  if (g_queue_is_empty(camera->heard)) {
    GstSample *sample = gst_app_sink_try_pull_sample(camera->sink, WAIT_MS * GST_MSECOND);
    if (sample) {
      look_at_sample(camera, sample);
      gst_sample_unref(sample);
    } else if (!is_there(camera, error)) {
      return NULL;
    }
  }
  return g_queue_pop_head(camera->heard);
}

static bool
camera_command(gpointer self, GBytes *bytes, DeviceState *state, GError **error)
{
  Camera *camera = self;
  gsize length;
  const char *text = g_bytes_get_data(bytes, &length);

  if (length == strlen(CAMERA_TAKE_DOCUMENT) &&
      memcmp(text, CAMERA_TAKE_DOCUMENT, length) == 0)
    camera->wish = WISH_DOCUMENT;
  else if (camera->wish == WISH_NOTHING)
    camera->wish = WISH_PREVIEW;
  return true;
}

bool
camera_is_picture(GBytes *heard)
{
  static const guint8 JPEG[] = {0xff, 0xd8, 0xff};
  gsize length;
  const guint8 *bytes = g_bytes_get_data(heard, &length);

  return length > sizeof JPEG && memcmp(bytes, JPEG, sizeof JPEG) == 0;
}

const DeviceDriver CAMERA = {
    "camera", REST_MS, camera_open, camera_command, camera_listen, camera_close};
