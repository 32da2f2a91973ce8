/* conform: what each carrier has to keep, in parts. test_usb_conformance.c runs them. */
#pragma once

#include "tests/test.h"

extern CU_TestInfo CONFORM_CONTROL[], CONFORM_BULK[], CONFORM_CANCEL[], CONFORM_PLUG[],
    CONFORM_OPEN[], CONFORM_INLET[], CONFORM_DEVICE[];
