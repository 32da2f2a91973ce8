/* counter_samples: codes to try at the virtual counter, from this shop's own articles and
 * badges where it has some. Main thread. */
#pragma once

#include "app/till.h"

typedef enum {
  SAMPLE_ARTICLE, /* @name: the article's */
  SAMPLE_GS1,     /* the same with lot and expiry */
  SAMPLE_BADGE,   /* @name: whose */
  SAMPLE_TRACE,
  SAMPLE_PAYMENT,
  SAMPLE_BAD_CHECK,
  SAMPLE_UNKNOWN
} SampleKind;
typedef struct {
  SampleKind kind;
  char *name; /* owned (nullable) */
  char *code; /* owned; as the scanner sends it */
} CounterSample;
void counter_sample_free(CounterSample *sample);
GPtrArray *counter_samples(Till *till); /* (transfer full), of CounterSample */
