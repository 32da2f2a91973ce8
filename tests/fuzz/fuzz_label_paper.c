/* Any program's label job on the virtual label printer, with its hands at work: the first
 * byte says what is wrong with it. */
#include "drivers/sim/label_model.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  guint8 answers[64];
  if (length < 1)
    return 0;
  LabelModel *model = label_model_new();
  label_model_set_left(model, bytes[0] & 1 ? 3 : -1);
  label_model_open_head(model, bytes[0] & 2);
  label_model_set_silent(model, bytes[0] & 4);
  label_model_take(model, bytes + 1, length - 1);
  gsize n = label_model_answer(model, answers, sizeof answers);
  PROMISE(n <= sizeof answers && !(bytes[0] & 4 && n));
  PROMISE(!(bytes[0] & 2 && label_model_count(model)));
  PROMISE(!(bytes[0] & 1 && label_model_count(model) > 3));
  g_autofree char *text = label_model_text(model);
  PROMISE(g_utf8_validate(text, -1, NULL));
  label_model_free(model);
  return 0;
}
