#include "app/counter_samples.h"

#include <string.h>

#include "db/sample_store.h"
#include "db/stock_store.h"

#define SAMPLE_ARTICLES 4
#define SAMPLE_BADGES   2
#define SAMPLE_TRACE20  "81150000000000004207"
#define SAMPLE_PAY18    "134567890123456789"

void
counter_sample_free(CounterSample *sample)
{
  if (!sample)
    return;
  g_free(sample->name);
  g_free(sample->code);
  g_free(sample);
}

static void
add_sample(GPtrArray *samples, SampleKind kind, const char *name, char *code)
{
  CounterSample *sample = g_new0(CounterSample, 1);
  sample->kind = kind;
  sample->name = g_strdup(name);
  sample->code = code;
  g_ptr_array_add(samples, sample);
}

/* On file are 14 digits; on the pack stand 13, or the 8 of a small one. */
static const char *
as_printed(const char *code)
{
  if (strlen(code) != 14 || *code != '0')
    return code;
  return g_str_has_prefix(code, "000000") ? code + 6 : code + 1;
}

/* The article's code as a DataMatrix of a pack would carry it: with the lot that goes
 * first. */
static char *
gs1_code(Till *till, const SampleCode *article)
{
  char gtin[15];
  g_autoptr(GPtrArray) lots = NULL;
  if (!barcode_to_gtin14(article->code, gtin) ||
      !stock_store_lots(till->store, article->product_id, &lots, NULL))
    return NULL;
  const Lot *lot = lot_first_out(lots, till_today(till));
  if (!lot || lot->expiry == DAY_NONE || *lot->lot_no == '\0')
    return NULL;
  return g_strdup_printf("]d201%s17%06d10%s", gtin, lot->expiry % 1000000, lot->lot_no);
}

/* The last digit one further: what a torn label reads as. */
static char *
spoilt_code(const char *code)
{
  char *spoilt = g_strdup(code);
  gsize length = strlen(spoilt);
  spoilt[length - 1] = (char)('0' + (spoilt[length - 1] - '0' + 1) % 10);
  return spoilt;
}

static void
add_articles(Till *till, GPtrArray *samples)
{
  g_autoptr(GPtrArray) articles = NULL;
  if (!till->catalogue ||
      !sample_store_articles(till->catalogue, SAMPLE_ARTICLES, &articles, NULL))
    return;
  for (guint i = 0; i < articles->len; i++) {
    const SampleCode *article = articles->pdata[i];
    add_sample(
        samples, SAMPLE_ARTICLE, article->name, g_strdup(as_printed(article->code)));
  }
  if (articles->len == 0)
    return;
  const SampleCode *first = articles->pdata[0];
  char *gs1 = gs1_code(till, first);
  if (gs1)
    add_sample(samples, SAMPLE_GS1, first->name, gs1);
  add_sample(samples, SAMPLE_BAD_CHECK, NULL, spoilt_code(as_printed(first->code)));
}

static void
add_badges(Till *till, GPtrArray *samples)
{
  g_autoptr(GPtrArray) badges = NULL;
  if (!till->catalogue ||
      !sample_store_badges(till->catalogue, SAMPLE_BADGES, &badges, NULL))
    return;
  for (guint i = 0; i < badges->len; i++) {
    const SampleCode *badge = badges->pdata[i];
    const char *mark = g_ascii_isdigit(*badge->code) ? "S" : "";
    add_sample(samples, SAMPLE_BADGE, badge->name, g_strconcat(mark, badge->code, NULL));
  }
}

GPtrArray *
counter_samples(Till *till)
{
  GPtrArray *samples =
      g_ptr_array_new_with_free_func((GDestroyNotify)counter_sample_free);
  add_articles(till, samples);
  add_badges(till, samples);
  add_sample(samples, SAMPLE_TRACE, NULL, g_strdup(SAMPLE_TRACE20));
  add_sample(samples, SAMPLE_PAYMENT, NULL, g_strdup(SAMPLE_PAY18));
  return samples;
}
