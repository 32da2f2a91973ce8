/* Worker: one thread with a queue of jobs, and a way back to the main loop.
 *
 * The only place of the house that knows a mutex. A job runs on the worker's thread, in
 * order; worker_tell() carries an answer to the GMainContext that made the worker. What
 * is given to either is given up by its giver. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct Worker Worker;
typedef void (*WorkerJob)(gpointer data);

/* @name: at most 15 bytes, seen in debuggers. */
Worker *worker_new(const char *name);
/* Runs what is queued, then ends and joins the thread. What was told and not yet
 * delivered is freed unseen, so no call comes after. On the maker's thread. NULL is fine.
 */
void worker_free(Worker *worker);

/* Queues @job; @data belongs to it (freed with @free_data, nullable, after it ran). Also
 * from the worker's own thread: a job that shall go on later queues itself again; not
 * while worker_is_ending(), or the end never comes. */
void worker_run(Worker *worker, WorkerJob job, gpointer data, GDestroyNotify free_data);
/* From any thread: calls @job on the maker's main context, after what was told before. */
void worker_tell(Worker *worker, WorkerJob job, gpointer data, GDestroyNotify free_data);

/* On the worker's thread: waits until a job is queued or @timeout_ms is over.
 * @return true when a job waits or the worker is ending. Lets a long job yield to a
 * nudge. */
bool worker_wait(Worker *worker, int timeout_ms);
bool worker_is_ending(Worker *worker);
void worker_assert_here(Worker *worker); /* aborts on another thread */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Worker, worker_free)
