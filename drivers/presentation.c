#include "drivers/presentation.h"

/* FNV-1a with two beginnings: both the same for two codes will not be met. */
static guint64
hash(const guint8 *bytes, gsize length, guint64 basis)
{
  for (gsize i = 0; i < length; i++)
    basis = (basis ^ bytes[i]) * G_GUINT64_CONSTANT(0x100000001b3);
  return basis;
}

static PresentedCode
named(const void *code, gsize length)
{
  return (PresentedCode){
      .name = {hash(code, length, G_GUINT64_CONSTANT(0xcbf29ce484222325)),
               hash(code, length, G_GUINT64_CONSTANT(0x9ae16a3b2f90404f))},
      .seen = true};
}

/* @return -1: it is not in view. */
static int
find(const Presentation *presentation, const PresentedCode *code)
{
  for (int i = 0; i < presentation->n; i++) {
    const PresentedCode *known = &presentation->code[i];
    if (known->name[0] == code->name[0] && known->name[1] == code->name[1])
      return i;
  }
  return -1;
}

static bool
is_gone(const PresentedCode *code, int64_t now_us)
{
  return code->misses >= PRESENTATION_MISSES &&
         now_us - code->missing_us >= PRESENTATION_AWAY_US;
}

void
presentation_begin(Presentation *presentation)
{
  for (int i = 0; i < presentation->n; i++)
    presentation->code[i].seen = false;
}

bool
presentation_sees(Presentation *presentation, const void *code, gsize length)
{
  PresentedCode shown = named(code, length);
  int known = find(presentation, &shown);

  if (known >= 0)
    presentation->code[known].seen = true;
  if (known >= 0 || presentation->n == PRESENTATION_MAX)
    return false;
  presentation->code[presentation->n++] = shown;
  return true;
}

bool
presentation_has(const Presentation *presentation, const void *code, gsize length)
{
  PresentedCode wanted = named(code, length);
  return find(presentation, &wanted) >= 0;
}

void
presentation_end(Presentation *presentation, bool changed, int64_t now_us)
{
  int kept = 0;

  for (int i = 0; i < presentation->n; i++) {
    PresentedCode code = presentation->code[i];
    if (code.seen) {
      code.misses = 0;
    } else if (changed) {
      /* A clock that was put back counts from then on. */
      if (code.misses == 0 || code.missing_us > now_us)
        code.missing_us = now_us;
      code.misses = MIN(code.misses + 1, PRESENTATION_MISSES);
    }
    if (!is_gone(&code, now_us))
      presentation->code[kept++] = code;
  }
  presentation->n = kept;
}
