#include "app/base/worker.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "app/base/clock.h"

typedef struct {
  WorkerJob job;
  gpointer data;
  GDestroyNotify free_data;
} Task;

struct Worker {
  char *name;
  GThread *thread;
  GMainContext *main; /* owned; where what is told arrives */

  /* pthread's own, not GLib's: ThreadSanitizer sees these, and Debian's GLib is not built
   * for it. */
  pthread_mutex_t lock;
  pthread_cond_t woken;
  GQueue jobs;       /* of Task */
  GQueue told;       /* of Task */
  GSource *delivery; /* owned (nullable): attached while @told waits */
  bool ending;
};

static _Thread_local Worker *here;

static void
task_end(Task *task)
{
  if (task->free_data)
    task->free_data(task->data);
  g_free(task);
}

static Task *
task_new(WorkerJob job, gpointer data, GDestroyNotify free_data)
{
  Task *task = g_new(Task, 1);
  *task = (Task){job, data, free_data};
  return task;
}

static void
worker_unref(gpointer box)
{
  Worker *worker = box;
  g_main_context_unref(worker->main);
  pthread_cond_destroy(&worker->woken);
  pthread_mutex_destroy(&worker->lock);
  g_free(worker->name);
}

static void
release(gpointer worker)
{
  g_atomic_rc_box_release_full(worker, worker_unref);
}

static Task *
next_job(Worker *worker)
{
  pthread_mutex_lock(&worker->lock);
  while (!worker->jobs.length && !worker->ending)
    pthread_cond_wait(&worker->woken, &worker->lock);
  Task *task = g_queue_pop_head(&worker->jobs);
  pthread_mutex_unlock(&worker->lock);
  return task;
}

static gpointer
worker_thread(gpointer data)
{
  Worker *worker = data;
  Task *task;

  here = worker;
  while ((task = next_job(worker))) {
    task->job(task->data);
    task_end(task);
  }
  return NULL;
}

Worker *
worker_new(const char *name)
{
  Worker *worker = g_atomic_rc_box_new0(Worker);
  pthread_condattr_t monotonic;

  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_mutex_init(&worker->lock, NULL);
  pthread_cond_init(&worker->woken, &monotonic);
  pthread_condattr_destroy(&monotonic);
  worker->name = g_strdup(name);
  worker->main = g_main_context_ref_thread_default();
  worker->thread = g_thread_new(worker->name, worker_thread, worker);
  return worker;
}

static void
forget_told(Worker *worker)
{
  Task *task;
  if (worker->delivery) {
    g_source_destroy(worker->delivery);
    g_clear_pointer(&worker->delivery, g_source_unref);
  }
  while ((task = g_queue_pop_head(&worker->told)))
    task_end(task);
}

void
worker_free(Worker *worker)
{
  if (!worker)
    return;
  pthread_mutex_lock(&worker->lock);
  worker->ending = true;
  pthread_cond_broadcast(&worker->woken);
  pthread_mutex_unlock(&worker->lock);
  g_thread_join(worker->thread);
  forget_told(worker);
  release(worker);
}

void
worker_run(Worker *worker, WorkerJob job, gpointer data, GDestroyNotify free_data)
{
  pthread_mutex_lock(&worker->lock);
  g_queue_push_tail(&worker->jobs, task_new(job, data, free_data));
  pthread_cond_signal(&worker->woken);
  pthread_mutex_unlock(&worker->lock);
}

static Task *
next_told(Worker *worker)
{
  pthread_mutex_lock(&worker->lock);
  Task *task = g_queue_pop_head(&worker->told);
  if (!task && worker->delivery)
    g_clear_pointer(&worker->delivery, g_source_unref);
  pthread_mutex_unlock(&worker->lock);
  return task;
}

/* The source holds a reference: what it calls may free the worker. One piece of news per
 * turn, so that a talkative worker never keeps the loop from its other work. */
static gboolean
deliver(gpointer data)
{
  Worker *worker = data;
  Task *task = next_told(worker);

  if (!task)
    return G_SOURCE_REMOVE;
  task->job(task->data);
  task_end(task);
  return g_source_is_destroyed(g_main_current_source()) ? G_SOURCE_REMOVE
                                                        : G_SOURCE_CONTINUE;
}

void
worker_tell(Worker *worker, WorkerJob job, gpointer data, GDestroyNotify free_data)
{
  pthread_mutex_lock(&worker->lock);
  g_queue_push_tail(&worker->told, task_new(job, data, free_data));
  if (!worker->delivery) {
    worker->delivery = g_idle_source_new();
    g_source_set_priority(worker->delivery, G_PRIORITY_DEFAULT);
    g_source_set_name(worker->delivery, worker->name);
    g_source_set_callback(
        worker->delivery, deliver, g_atomic_rc_box_acquire(worker), release);
    g_source_attach(worker->delivery, worker->main);
  }
  pthread_mutex_unlock(&worker->lock);
}

/* As pthread wants it; the condition counts on the same clock. */
static struct timespec
after(int timeout_ms)
{
  int64_t at_us = clock_monotonic_us() + (int64_t)timeout_ms * 1000;
  return (struct timespec){at_us / G_USEC_PER_SEC, at_us % G_USEC_PER_SEC * 1000};
}

bool
worker_wait(Worker *worker, int timeout_ms)
{
  struct timespec end = after(timeout_ms);
  int result = 0;

  pthread_mutex_lock(&worker->lock);
  while (!worker->jobs.length && !worker->ending && result != ETIMEDOUT)
    result = pthread_cond_timedwait(&worker->woken, &worker->lock, &end);
  bool wanted = worker->jobs.length || worker->ending;
  pthread_mutex_unlock(&worker->lock);
  return wanted;
}

bool
worker_is_ending(Worker *worker)
{
  pthread_mutex_lock(&worker->lock);
  bool ending = worker->ending;
  pthread_mutex_unlock(&worker->lock);
  return ending;
}

void
worker_assert_here(Worker *worker)
{
  g_assert(here == worker);
}
