/* settings: what this till is told once: language, key map, enrolment. */
#pragma once

#include "app/till.h"

/* "printer.profile" ("": as the printer says itself; app/printer_choice.h),
 * "drawer.polarity" ("low", ""), "drawer.open_s", "insurance-library"
 * (path of an insurer's library, drivers/insurance_card.h; ""), a DeviceUse's name
 * (app/devices sets it), "label.size" ("60x40", "40x30"), "label.loose" ("off": no
 * labels by themselves), "language" ("", "zh_CN", "en"), "keys", "theme"
 * ("", "dark"), "text.size" ("standard", "large", "wide"). */
char *settings_text(const Till *till, const char *key);
bool settings_set(Till *till, const char *key, const char *value, GError **error);
/* Reads what the screens and the arithmetic use: name of the store, rounding step. */
void settings_read(Till *till);
/* Enrols the till of @folder at the hub with a one-time code; the till must be closed. */
bool
settings_enrol(const char *folder, const char *hub_url, const char *code, GError **error);
