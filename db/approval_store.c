#include "db/approval_store.h"

#include "db/audit_log.h"
#include "db/outbox.h"
#include "db/query.h"

static const char *
words_of(const Approval *approval)
{
  return approval->words ? approval->words : "";
}

bool
approval_store_grant(Db *store,
                     const Approval *approval,
                     const char *staff,
                     GError **error)
{
  g_autofree char *how = g_strdup_printf("%s %" G_GINT64_FORMAT " for %s reason %d%s%s",
                                         approval_act_word(approval->wish.act),
                                         approval->wish.number,
                                         staff,
                                         approval->reason,
                                         approval->words ? " " : "",
                                         words_of(approval));
  return audit_log_add(store,
                       approval->approver,
                       "approval.granted",
                       approval->wish.document,
                       how,
                       approval->granted_us,
                       error);
}

static char *
event_body(Db *store,
           const Approval *approval,
           const char *staff,
           int64_t now_us,
           GError **error)
{
  g_autofree char *body = NULL;
  g_auto(Query) q =
      query(store,
            "SELECT json_object('action', 'approval', 'act', :act, 'staff', :staff,"
            "                   'approver', :approver, 'document', :document,"
            "                   'row', :row, 'number', :number, 'reason', :reason,"
            "                   'words', :words, 'at', :at)");
  query_bind_text(&q, ":act", approval_act_word(approval->wish.act));
  query_bind_text(&q, ":staff", staff);
  query_bind_text(&q, ":approver", approval->approver);
  query_bind_text(&q, ":document", approval->wish.document);
  query_bind_int(&q, ":row", approval->wish.row);
  query_bind_int(&q, ":number", approval->wish.number);
  query_bind_int(&q, ":reason", approval->reason);
  query_bind_text(&q, ":words", words_of(approval));
  query_bind_int(&q, ":at", now_us);
  if (query_next(&q))
    body = query_get_text(&q, 0);
  return query_done(&q, error) ? g_steal_pointer(&body) : NULL;
}

bool
approval_store_use(Db *store,
                   const Approval *approval,
                   const char *staff,
                   bool tell,
                   int64_t now_us,
                   GError **error)
{
  const ApprovalWish *wish = &approval->wish;
  g_autofree char *body = event_body(store, approval, staff, now_us, error);
  g_autofree char *how = g_strdup_printf("%s %" G_GINT64_FORMAT " by %s",
                                         approval_act_word(wish->act),
                                         wish->number,
                                         approval->approver);
  g_autoptr(DbWork) work = body ? db_begin(store, error) : NULL;
  return work &&
         audit_log_add(
             store, staff, "approval.used", wish->document, how, now_us, error) &&
         (!tell || outbox_add(store, "audit.note", body, now_us, NULL, error)) &&
         db_commit(work, error);
}
