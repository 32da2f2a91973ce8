/* stage: the world of one scene: a folder, a hub, a cable, tills, and what the steps do.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "tests/scene/cable.h"
#include "tests/scene/peer.h"
#include "tests/scene/script.h"

typedef struct {
  const char *host; /* this program, to start tills with */
  const char *bin;  /* folder of guitai and guitai-hub */
  const char *demo; /* folder of the demo shop's lists */
  const char *language;
  const char *out;  /* (nullable): where pictures go */
  const char *shop; /* (nullable): a till's folder and a hub's, made beforehand */
  const char *hub_data;
  const char *printer; /* (nullable): address; the desk's */
  bool screen;
} StageOptions;

typedef struct {
  char *code;   /* owned; "03" */
  char *folder; /* owned */
  Peer *peer;   /* (nullable): not running */
} StageTill;

typedef struct {
  const StageOptions *options;
  char *folder;     /* owned; temporary */
  char *hub_folder; /* owned */
  char *store;      /* owned; "0123" */
  Peer *hub;        /* (nullable) */
  int hub_port;
  Cable *cable;
  GPtrArray *tills;                  /* owned; of StageTill */
  StageTill *till;                   /* borrowed; the one steps are about */
  gint64 shift_us;                   /* of the scene's clock */
  GString *articles, *stock, *staff; /* lists that were given and not yet imported */
  char *wrong;                       /* owned (nullable): why the last step failed */
  int pictures;
  bool nobody_on_duty; /* else each till begins with a pharmacist here */
} Stage;

Stage *stage_new(const StageOptions *options);
void stage_free(Stage *stage);

/* Does one step. @return false with stage->wrong: what was expected and what was seen. */
bool stage_do(Stage *stage, const Step *step);

/* For the files of the stage. */
bool stage_fail(Stage *stage, const char *format, ...) G_GNUC_PRINTF(2, 3);
bool stage_ask(Stage *stage, char **ret, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* Runs guitai or guitai-hub to its end. @ret_out: (nullable) (transfer full). */
bool stage_run(Stage *stage, const char *const *argv, char **ret_out);
bool stage_start_hub(Stage *stage);
bool stage_start_till(Stage *stage, StageTill *till);
