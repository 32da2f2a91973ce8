#include "tests/scene/script.h"

#include <string.h>

static void
step_free(gpointer data)
{
  Step *step = data;
  g_free(step->text);
  g_strfreev(step->words);
  g_free(step);
}

static void
scene_free(gpointer data)
{
  Scene *scene = data;
  g_ptr_array_unref(scene->steps);
  g_free(scene->title);
  g_free(scene->file);
  g_free(scene);
}

/* Splits at blanks; keeps what stands in double quotes together; ends at a bare #. */
static GStrv
split(const char *text)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new();
  const char *p = text;
  while (*p) {
    p += strspn(p, " \t");
    if (!*p || *p == '#')
      break;
    const char *end = *p == '"' ? strchr(p + 1, '"') : p + strcspn(p, " \t");
    if (*p == '"')
      p++;
    if (!end)
      end = p + strlen(p);
    g_autofree char *word = g_strndup(p, end - p);
    g_strv_builder_add(words, word);
    p = *end == '"' ? end + 1 : end;
  }
  return g_strv_builder_end(words);
}

static Scene *
begin_scene(GPtrArray *scenes, const char *path, const char *title)
{
  Scene *scene = g_new0(Scene, 1);
  scene->title = g_strstrip(g_strdup(title));
  scene->file = g_path_get_basename(path);
  scene->steps = g_ptr_array_new_with_free_func(step_free);
  g_ptr_array_add(scenes, scene);
  return scene;
}

GPtrArray *
script_read(const char *path, GError **error)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, error))
    return NULL;
  GPtrArray *scenes = g_ptr_array_new_with_free_func(scene_free);
  Scene *scene = NULL;
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (int i = 0; lines[i]; i++) {
    char *line = g_strstrip(lines[i]);
    if (g_str_has_prefix(line, "Scene:")) {
      scene = begin_scene(scenes, path, line + strlen("Scene:"));
      continue;
    }
    g_auto(GStrv) words = split(line);
    if (!words[0])
      continue;
    if (!scene)
      scene = begin_scene(scenes, path, "untitled");
    Step *step = g_new0(Step, 1);
    step->line = i + 1;
    step->text = g_strdup(line);
    step->words = g_steal_pointer(&words);
    g_ptr_array_add(scene->steps, step);
  }
  return scenes;
}

bool
step_is(const Step *step, const char *pattern, const char **ret)
{
  g_auto(GStrv) want = g_strsplit(pattern, " ", -1);
  int taken = 0;
  int i = 0;
  for (; want[i]; i++) {
    if (g_str_equal(want[i], "...")) {
      for (int k = i; step->words[k] && taken < 7; k++)
        ret[taken++] = step->words[k];
      ret[taken] = NULL;
      return true;
    }
    if (!step->words[i])
      return false;
    if (g_str_equal(want[i], "*"))
      ret[taken++] = step->words[i];
    else if (!g_str_equal(want[i], step->words[i]))
      return false;
  }
  ret[taken] = NULL;
  return !step->words[i];
}
