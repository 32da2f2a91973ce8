/* settings: what this till is told once: devices, language, key map, enrolment. */
#pragma once

#include "app/till.h"

/* "scanner", "printer", "printer.profile", "language" ("", "zh_CN", "en"), "keys",
 * "theme"
 * ("", "dark"), "text.size" ("standard", "large", "wide"). */
char *settings_text(const Till *till, const char *key);
bool settings_set(Till *till, const char *key, const char *value, GError **error);
/* Opens scanner and printer at these addresses; NULL: as kept here; "": none. Devices
 * that were open are closed first. */
void settings_open_devices(Till *till, const char *scanner, const char *printer);
/* Reads what the screens and the arithmetic use: name of the store, rounding step. */
void settings_read(Till *till);
/* Enrols the till of @folder at the hub with a one-time code; the till must be closed. */
bool
settings_enrol(const char *folder, const char *hub_url, const char *code, GError **error);
