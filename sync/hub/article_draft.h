/* ArticleDraft: one row of a list of articles on its way to be one: its texts, class,
 * units and prices. What is odd or wrong with them is said in the row's report. */
#pragma once

#include "app/domain/product.h"
#include "sync/hub/list_reader.h"
#include "sync/hub/seen.h"

#define ARTICLE_MAX_TEXT 255 /* characters */

/* What all rows of a list share. */
typedef struct {
  Base *base; /* borrowed (nullable) */
  LegalClass default_class;
  char *default_unit;                         /* owned */
  Seen *codes, *barcodes, *approvals, *ranks; /* owned */
} ArticleState;

typedef struct {
  ArticleState *state;
  ListCells cells;
  ReportRow *report;
  char *code, *name, *approval; /* owned */
  char *unit, *loose_unit;      /* owned; @loose_unit may be "" */
  LegalClass legal_class;
  Measure measure;
  Quantity base, loose_base;
  bool has_price, has_loose_price;
  Money price, loose_price;
  GString *barcodes; /* owned; a JSON array, open at its end */
  GPtrArray *gtins;  /* owned; of char *: those in @barcodes */
} ArticleDraft;

void article_draft_init(ArticleDraft *draft,
                        ArticleState *state,
                        ListCells cells,
                        ReportRow *report);
void article_draft_clear(ArticleDraft *draft);

/* A text of at most ARTICLE_MAX_TEXT characters (transfer full); a longer one refuses the
 * row, since the strength of a medicine stands at the end of its name. */
char *article_draft_text(ArticleDraft *draft, Field field);
void article_draft_read_name(ArticleDraft *draft);
void article_draft_read_class(ArticleDraft *draft); /* after the approval number */
SpecialGroup article_draft_special(ArticleDraft *draft);
Storage article_draft_storage(ArticleDraft *draft);
/* 0 when it is missing or none. */
int64_t article_draft_whole(ArticleDraft *draft, Field field, int64_t most);
bool article_draft_yes_no(ArticleDraft *draft, Field field, bool otherwise);
int article_draft_tax(ArticleDraft *draft); /* basis points */
/* Units, measure and how much of it is in each. */
void article_draft_read_units(ArticleDraft *draft);
void article_draft_read_prices(ArticleDraft *draft); /* after the units */

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ArticleDraft, article_draft_clear)
