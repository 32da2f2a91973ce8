/* HidPos: what a scanner in HID POS mode says (USB-IF HID Point of Sale Usage Tables
 * 1.02, page 8C): reports in, codes out. Pure; each scanner has one of its own.
 *
 * Where things stand in a report is read from the report descriptor; where that does not
 * tell, as nearly all makers do it: id 2, length, "]cm", 56 bytes, maker's own, one more
 * to come. The symbology identifier may stand one byte later than promised. A report of
 * id 1 is a length and 62 bytes with the identifier among them (Microscan). */
#pragma once

#include "drivers/beep.h"
#include "drivers/hid_descriptor.h"

#define HID_POS_PAGE    0x8c
#define HID_POS_SCANNER 0x02
#define HID_POS_CODE    0xfe
#define HID_POS_LONGEST 4096    /* bytes of a code in parts; the rest is cut off */
#define HID_POS_PART_US 1000000 /* what goes on later is a code of its own */

typedef struct HidPos HidPos;

typedef enum {
  HID_POS_PLAIN,
  HID_POS_HONEYWELL /* answers commands with reports of their own: they are no codes */
} HidPosMake;

/* @descriptor: the report descriptor; length 0: not known. */
HidPos *hid_pos_new(const uint8_t *descriptor, gsize length, HidPosMake make);
void hid_pos_free(HidPos *pos); /* NULL is fine */

/* @report: as it came. @return a whole code with its symbology identifier in front, when
 * it has one, without CR and LF at its end (transfer full); NULL: nothing yet, or a
 * report that makes no sense. */
GBytes *hid_pos_hear(HidPos *pos, const uint8_t *report, gsize length, int64_t now_us);

/* The output report that makes it beep, with its id in front when it has one (transfer
 * full); NULL: it cannot. */
GBytes *hid_pos_beep(const HidPos *pos, Beep beep, uint8_t *ret_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HidPos, hid_pos_free)
