/* PrinterModel: a receipt printer with a cash drawer as it behaves on the far side of a
 * cable: a receive buffer, a paper roll that ends, a cover, a knife, status answers.
 * Knows no thread; the desk locks it. Times are monotonic µs. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct PrinterModel PrinterModel;

PrinterModel *printer_model_new(int columns, int dots);
void printer_model_free(PrinterModel *model);

/* The cable. @return how many bytes fitted into the buffer. */
gsize printer_model_take(PrinterModel *model,
                         const guint8 *bytes,
                         gsize length,
                         int64_t now_us);
/* @return how many bytes it answers now, at most @room. */
gsize
printer_model_answer(PrinterModel *model, guint8 *bytes, gsize room, int64_t now_us);
/* Prints what it can by now. @return when it can go on by itself; 0: waits for something.
 */
int64_t printer_model_run(PrinterModel *model, int64_t now_us);
/* Pulled out: what was in the buffer is lost, the paper stays. */
void printer_model_switch_off(PrinterModel *model);

/* Hands and weather. */
void printer_model_load_paper(PrinterModel *model, bool loaded);
void printer_model_set_paper_left(PrinterModel *model, int mm); /* -1: endless */
void printer_model_open_cover(PrinterModel *model, bool open);
void printer_model_jam_cutter(PrinterModel *model, bool jammed);
void printer_model_close_drawer(PrinterModel *model);
void printer_model_set_silent(PrinterModel *model, bool silent);
/* What it answers to GS I 66 and 67; not copied; NULL: not at all. */
void printer_model_set_name(PrinterModel *model, const char *maker, const char *name);
void printer_model_set_hot(PrinterModel *model, bool hot);       /* stops, recovers */
void printer_model_set_broken(PrinterModel *model, bool broken); /* stops */
void printer_model_set_delay(PrinterModel *model, int ms);       /* of the next answers */
void printer_model_set_pace(PrinterModel *model, int mm_per_s);  /* 0: at once */
void printer_model_tear(PrinterModel *model);

bool printer_model_has_paper(const PrinterModel *model);
bool printer_model_cover_is_open(const PrinterModel *model);
bool printer_model_drawer_is_open(const PrinterModel *model);
/* What was printed since the paper was torn, as bytes without the driver's questions (so
 * one whole job after the other), as text, as a picture. */
GBytes *printer_model_printed(const PrinterModel *model); /* (transfer full) */
char *printer_model_text(const PrinterModel *model);      /* (transfer full) */
bool printer_model_save_png(const PrinterModel *model, const char *path, GError **error);
int printer_model_serial(const PrinterModel *model); /* grows with every visible change */
