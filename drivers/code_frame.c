#include "drivers/code_frame.h"

#define MOST_WAITING                                                                     \
  1024 /* codes that nobody has taken; a stream without end stops here */

struct CodeFrame {
  GByteArray *code; /* owned; not ended yet */
  GQueue whole;     /* of GBytes */
  int64_t silence_us, heard_us;
};

CodeFrame *
code_frame_new(int64_t silence_us)
{
  CodeFrame *frame = g_new0(CodeFrame, 1);
  frame->code = g_byte_array_new();
  frame->silence_us = silence_us;
  g_queue_init(&frame->whole);
  return frame;
}

void
code_frame_free(CodeFrame *frame)
{
  if (!frame)
    return;
  g_byte_array_unref(frame->code);
  g_queue_clear_full(&frame->whole, (GDestroyNotify)g_bytes_unref);
  g_free(frame);
}

static void
end_code(CodeFrame *frame)
{
  if (frame->code->len > 0 && frame->whole.length < MOST_WAITING)
    g_queue_push_tail(&frame->whole, g_bytes_new(frame->code->data, frame->code->len));
  g_byte_array_set_size(frame->code, 0);
}

void
code_frame_hear(CodeFrame *frame, const uint8_t *bytes, gsize length, int64_t now_us)
{
  for (gsize i = 0; i < length; i++) {
    if (bytes[i] == '\r' || bytes[i] == '\n' || bytes[i] == '\t')
      end_code(frame);
    else if (frame->code->len < CODE_FRAME_LONGEST)
      g_byte_array_append(frame->code, &bytes[i], 1);
  }
  if (length > 0)
    frame->heard_us = now_us;
}

int64_t
code_frame_due_us(const CodeFrame *frame)
{
  return frame->code->len > 0 ? frame->heard_us + frame->silence_us : 0;
}

GBytes *
code_frame_take(CodeFrame *frame, int64_t now_us)
{
  int64_t due_us = code_frame_due_us(frame);
  if (due_us && now_us >= due_us)
    end_code(frame);
  return g_queue_pop_head(&frame->whole);
}
