#include "app/notice.h"

void
notice_clear(Notice *notice)
{
  g_free(notice->what);
  *notice = (Notice){0};
}
