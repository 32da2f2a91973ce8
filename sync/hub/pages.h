/* pages: what guitai-hub can be told, as data: its --help and its man page. */
#pragma once

#include "app/base/command.h"

extern const CommandPage HUB_PAGE;
