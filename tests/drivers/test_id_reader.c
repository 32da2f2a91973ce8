#include "drivers/id_reader.h"

#include <string.h>

#include "drivers/id_card.h"
#include "drivers/sdt.h"
#include "drivers/sim/id_reader_model.h"
#include "tests/test.h"

/* A cable to the model with a clock of its own. */
typedef struct {
  IdReaderModel *model;
  int64_t now_us;
  bool pulled;
  int left;  /* reads and writes until it is pulled; -1: never */
  int chunk; /* bytes that one read gives */
  bool is_deaf;
  GByteArray *instead; /* (nullable): what is read, whatever is written */
} Cable;

static bool
is_gone(Cable *cable, GError **error)
{
  if (cable->left > 0)
    cable->left--;
  if (cable->left == 0)
    cable->pulled = true;
  if (cable->pulled)
    g_set_error_literal(error, DEVICE_ERROR, DEVICE_ERROR_GONE, "pulled");
  return cable->pulled;
}

static gssize
cable_write(
    gpointer end, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  Cable *cable = end;
  if (is_gone(cable, error))
    return -1;
  if (cable->is_deaf)
    return 0;
  gsize taken = MIN(length, 3);
  id_reader_model_take(cable->model, bytes, taken);
  return (gssize)taken;
}

static gsize
take_from(GByteArray *from, guint8 *bytes, gsize room)
{
  gsize n = MIN(room, from->len);
  if (n) {
    memcpy(bytes, from->data, n);
    g_byte_array_remove_range(from, 0, (guint)n);
  }
  return n;
}

static gssize
cable_read(gpointer end, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  Cable *cable = end;
  gsize most = MIN(room, (gsize)cable->chunk);

  if (is_gone(cable, error))
    return -1;
  cable->now_us += 1000;
  gsize came = cable->instead ? take_from(cable->instead, bytes, most)
                              : id_reader_model_answer(cable->model, bytes, most);
  if (!came)
    cable->now_us += timeout_ms * 1000;
  return (gssize)came;
}

static int64_t
cable_now_us(gpointer end)
{
  return ((Cable *)end)->now_us;
}

static const Wire CABLE = {cable_write, cable_read, cable_now_us};

static Cable
cable_new(void)
{
  return (Cable){.model = id_reader_model_new(), .chunk = 64, .left = -1};
}

/* Looks until something is heard, at most @looks times. */
static GBytes *
look(IdReader *reader, int looks)
{
  GBytes *text = NULL;
  for (int i = 0; i < looks && !text; i++)
    text = id_reader_look(reader, NULL);
  return text;
}

static bool
is_person(GBytes *text, int birth)
{
  gsize length = 0;
  const guint8 *block = text ? g_bytes_get_data(text, &length) : NULL;
  g_autoptr(IdCard) card = block ? id_card_read(block, length, NULL) : NULL;
  return card && card->birth == birth;
}

static void
a_card_is_read_once_while_it_lies_there(void)
{
  Cable cable = cable_new();
  g_autoptr(IdReader) reader = id_reader_new(&CABLE, &cable);

  cable.chunk = 21;
  CU_ASSERT_PTR_NULL(id_reader_look(reader, NULL));
  id_reader_model_lay(cable.model, 2);
  id_reader_model_fail(cable.model, ID_FAULT_NOISE, 3);
  g_autoptr(GBytes) first = id_reader_look(reader, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(first);
  CU_ASSERT_EQUAL(g_bytes_get_size(first), ID_CARD_BLOCK);
  CU_ASSERT(is_person(first, 20110812));
  CU_ASSERT_PTR_NULL(look(reader, 3));
  id_reader_model_lay(cable.model, -1);
  CU_ASSERT_PTR_NULL(id_reader_look(reader, NULL));
  id_reader_model_lay(cable.model, 2);
  g_autoptr(GBytes) second = id_reader_look(reader, NULL);
  CU_ASSERT(is_person(second, 20110812));
  CU_ASSERT_EQUAL(id_reader_model_n_read(cable.model), 2);
  id_reader_model_free(cable.model);
}

static void
a_failed_step_is_tried_again_at_once(void)
{
  static const IdFaultKind FAULTS[] = {
      ID_FAULT_SELECT, ID_FAULT_READ, ID_FAULT_CHECKSUM, ID_FAULT_MUTE};

  for (gsize i = 0; i < G_N_ELEMENTS(FAULTS); i++) {
    Cable cable = cable_new();
    g_autoptr(IdReader) reader = id_reader_new(&CABLE, &cable);
    id_reader_model_lay(cable.model, 0);
    id_reader_model_fail(cable.model, FAULTS[i], 1);
    g_autoptr(GBytes) text = look(reader, 2);
    CU_ASSERT(is_person(text, 19850307));
    id_reader_model_free(cable.model);
  }
}

static void
a_card_that_will_not_be_read_is_told_once(void)
{
  Cable cable = cable_new();
  g_autoptr(IdReader) reader = id_reader_new(&CABLE, &cable);

  id_reader_model_lay(cable.model, 0);
  id_reader_model_fail(cable.model, ID_FAULT_SELECT, 100);
  g_autoptr(GBytes) nothing = id_reader_look(reader, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(nothing);
  CU_ASSERT_EQUAL(g_bytes_get_size(nothing), 0);
  CU_ASSERT_PTR_NULL(look(reader, 3));
  id_reader_model_fail(cable.model, ID_FAULT_SELECT, 0);
  id_reader_model_lay(cable.model, -1);
  CU_ASSERT_PTR_NULL(id_reader_look(reader, NULL));
  id_reader_model_lay(cable.model, 0);
  g_autoptr(GBytes) text = id_reader_look(reader, NULL);
  CU_ASSERT(is_person(text, 19850307));
  id_reader_model_free(cable.model);
}

static void
a_late_answer_is_not_taken_for_the_next(void)
{
  static const guint8 FOUND[] = {0, 0, SDT_FOUND, 0, 0, 0, 0};
  Cable cable = cable_new();
  g_autoptr(IdReader) reader = id_reader_new(&CABLE, &cable);
  g_autoptr(GByteArray) old = sdt_frame(FOUND, sizeof FOUND);
  guint8 rest[64];

  /* It lies in the cable before the first question: there is no card. */
  cable.instead = old;
  CU_ASSERT_PTR_NULL(id_reader_look(reader, NULL));
  cable.instead = NULL;
  CU_ASSERT(id_reader_model_answer(cable.model, rest, sizeof rest) > 0);
  CU_ASSERT_PTR_NULL(id_reader_look(reader, NULL));
  id_reader_model_free(cable.model);
}

static void
a_reader_that_says_nothing_is_given_up(void)
{
  Cable cable = cable_new();
  g_autoptr(IdReader) reader = id_reader_new(&CABLE, &cable);
  g_autoptr(GError) error = NULL;

  id_reader_model_fail(cable.model, ID_FAULT_MUTE, 100);
  CU_ASSERT_PTR_NULL(id_reader_look(reader, &error));
  CU_ASSERT_PTR_NULL(id_reader_look(reader, &error));
  CU_ASSERT_PTR_NULL(error);
  CU_ASSERT_PTR_NULL(id_reader_look(reader, &error));
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_NO_ANSWER));
  g_clear_error(&error);
  cable.is_deaf = true;
  CU_ASSERT_PTR_NULL(id_reader_look(reader, &error));
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_NO_ANSWER));
  g_clear_error(&error);
  cable.pulled = true;
  CU_ASSERT_PTR_NULL(id_reader_look(reader, &error));
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_GONE));
  id_reader_model_free(cable.model);
}

static void
the_cable_may_be_pulled_at_each_transfer(void)
{
  bool was_read = false;

  for (int left = 1; left < 500 && !was_read; left++) {
    Cable cable = cable_new();
    g_autoptr(IdReader) reader = id_reader_new(&CABLE, &cable);
    g_autoptr(GError) error = NULL;
    id_reader_model_lay(cable.model, 0);
    cable.left = left;
    g_autoptr(GBytes) text = id_reader_look(reader, &error);
    was_read = text != NULL;
    CU_ASSERT(was_read || g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_GONE));
    id_reader_model_free(cable.model);
  }
  CU_ASSERT(was_read);
}

/* What comes in place of the answer to "find". @return what a look made of it. */
static GBytes *
look_at(const guint8 *body, gsize length, GError **error)
{
  Cable cable = cable_new();
  g_autoptr(IdReader) reader = id_reader_new(&CABLE, &cable);
  g_autoptr(GByteArray) frame = sdt_frame(body, length);
  GBytes *text = NULL;

  /* The model answers "unknown" with this body in its place. */
  id_reader_model_say(cable.model, frame->data, frame->len);
  text = id_reader_look(reader, error);
  id_reader_model_free(cable.model);
  return text;
}

static void
unknown_statuses_are_no_card_and_broken_modules_are_told(void)
{
  static const guint8 STATUSES[] = {
      0x00, 0x10, 0x11, 0x21, 0x24, 0x31, 0x33, 0x40, 0x41, 0x47, 0x88, 0x90, 0x91, 0xff};
  static const guint8 BROKEN[] = {SDT_SELF_TEST, SDT_NOT_AUTHORISED};

  for (gsize i = 0; i < G_N_ELEMENTS(STATUSES); i++) {
    g_autoptr(GError) error = NULL;
    const guint8 body[] = {0, 3, STATUSES[i]};
    CU_ASSERT_PTR_NULL(look_at(body, sizeof body, &error));
    CU_ASSERT_PTR_NULL(error);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(BROKEN); i++) {
    g_autoptr(GError) error = NULL;
    const guint8 body[] = {0, 0, BROKEN[i]};
    CU_ASSERT_PTR_NULL(look_at(body, sizeof body, &error));
    CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_BROKEN));
  }
  CU_ASSERT_PTR_NULL(look_at((const guint8 *)"", 0, NULL));
}

TESTS("id_reader",
      TEST(a_card_is_read_once_while_it_lies_there),
      TEST(a_failed_step_is_tried_again_at_once),
      TEST(a_card_that_will_not_be_read_is_told_once),
      TEST(a_late_answer_is_not_taken_for_the_next),
      TEST(a_reader_that_says_nothing_is_given_up),
      TEST(the_cable_may_be_pulled_at_each_transfer),
      TEST(unknown_statuses_are_no_card_and_broken_modules_are_told))
