/* host: the till of a scene in a process of its own, told line by line what a clerk does.
 * A process can be killed, and two of them are two tills.
 *
 * Each request is one line; the answer is any number of lines and a line ".". A line that
 * begins with "! " says why it was not done. */
#pragma once

#include <stdbool.h>

typedef struct {
  const char *folder;
  const char *printer;  /* device address; NULL: the desk's */
  const char *language; /* "zh_CN", "en" */
  bool screen;
} HostOptions;

int host_run(const HostOptions *options); /* until its input ends; an exit status */
