/* SPDX-License-Identifier: MIT
 *
 * The support library: what the stages rely on at its edges.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
/* cmocka wants the headers above first */
#include <cmocka.h>
#include <errno.h>

#include "support/support.h"

static void arena_survives_large_and_small_requests(void **state)
{
    (void)state;
    arena a = {0};
    char *small = arena_strdup(&a, "small");
    unsigned char *large = arena_alloc(&a, 1 << 20);
    char *after = arena_printf(&a, "%s-%d", small, 7);
    for (size_t i = 0; i < 1 << 20; i++) assert_int_equal(large[i], 0);
    memset(large, 0xff, 1 << 20);
    assert_string_equal(small, "small");
    assert_string_equal(after, "small-7");
    assert_true((uintptr_t)large % _Alignof(max_align_t) == 0);
    arena_fini(&a);
    assert_null(a.chunks);
}

static void map_keeps_every_key_as_it_grows(void **state)
{
    (void)state;
    enum { N = 1000 };
    static int values[N];
    map m = {0};
    char key[16];
    assert_null(map_get(&m, "none"));
    for (int i = 0; i < N; i++) snprintf(key, sizeof key, "k%d", i), map_set(&m, key, &values[i]);
    for (int i = 0; i < N; i++) {
        snprintf(key, sizeof key, "k%d", i);
        assert_ptr_equal(map_get(&m, key), &values[i]);
    }
    map_set(&m, "k7", &values[8]);
    assert_ptr_equal(map_get(&m, "k7"), &values[8]);
    assert_int_equal(m.n, N);
    size_t cursor = 0, seen = 0;
    const char *k;
    void *v;
    while (map_next(&m, &cursor, &k, &v)) seen++;
    assert_int_equal(seen, N);
    map_fini(&m);
}

static void hash_is_the_published_one_in_any_slices(void **state)
{
    (void)state;
    /* FIPS 180-4's example of 448 bits. */
    static const char text[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    char out[65];
    for (size_t slice = 1; slice < sizeof text; slice++) {
        sha256 h;
        sha256_init(&h);
        for (size_t i = 0; i < sizeof text - 1; i += slice) {
            size_t n = sizeof text - 1 - i < slice ? sizeof text - 1 - i : slice;
            sha256_add(&h, text + i, n);
        }
        sha256_hex(&h, out);
        assert_string_equal(out, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    }
}

static char folder[] = "/tmp/recount-unit-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[64];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static void written_file_is_whole_and_keeps_its_mode(void **state)
{
    (void)state;
    struct stat st;
    char path[128], *text;
    size_t n;
    snprintf(path, sizeof path, "%s/a/b", folder);
    assert_int_equal(dir_make(path), 0);
    assert_int_equal(dir_make(path), 0);
    snprintf(path, sizeof path, "%s/a/b/file", folder);
    assert_int_equal(file_write(path, "one", 3), 0);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(file_write(path, "t\0o", 3), 0);
    assert_int_equal(file_read(path, &text, &n), 0);
    assert_int_equal(n, 3);
    assert_memory_equal(text, "t\0o", 4);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0640);
    free(text);
    snprintf(path, sizeof path, "%s/a/b/file/c", folder);
    assert_int_equal(dir_make(path), ENOTDIR);
    assert_int_equal(file_write(path, "x", 1), ENOTDIR);
    assert_int_equal(file_read(folder, &text, &n), EISDIR);
    snprintf(path, sizeof path, "%s/none", folder);
    assert_int_equal(file_read(path, &text, &n), ENOENT);
}

static void a_path_is_below_whole_folders_only(void **state)
{
    (void)state;
    assert_string_equal(path_below("/a/b", "/a/b/c.c"), "c.c");
    assert_string_equal(path_below("/a/b/", "/a/b/c.c"), "c.c");
    assert_string_equal(path_below("/a/b", "/a/bc/d.c"), "/a/bc/d.c");
    assert_string_equal(path_below("/a/b", "/a/b"), "/a/b");
}

static void diagnostics_sort_by_place_then_check(void **state)
{
    (void)state;
    arena a = {0};
    diag_list list = {.arena = &a};
    diag_add(&list, "leak", (diag_place){"b.c", 1, 1, 0, 0}, "third");
    diag_add(&list, "leak", (diag_place){"a.c", 10, 1, 0, 0}, "second %d", 2);
    diag *first = diag_add(&list, "leak", (diag_place){"a.c", 9, 3, 0, 0}, "first");
    diag_add_step(&list, first, "acquire", first->place, 1, 0, "+1 new reference");
    diag_add_step(&list, first, "exit", first->place, 1, 0, "leaves with %d held", 1);
    diag_list_sort(&list);
    assert_string_equal(list.at[0].message, "first");
    assert_int_equal(list.at[0].step_count, 2);
    assert_string_equal(list.at[0].steps[0].message, "+1 new reference");
    assert_string_equal(list.at[0].steps[1].message, "leaves with 1 held");
    assert_string_equal(list.at[1].message, "second 2");
    assert_string_equal(list.at[2].message, "third");
    diag_list_fini(&list);
    arena_fini(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_survives_large_and_small_requests),
        cmocka_unit_test(map_keeps_every_key_as_it_grows),
        cmocka_unit_test(hash_is_the_published_one_in_any_slices),
        cmocka_unit_test(written_file_is_whole_and_keeps_its_mode),
        cmocka_unit_test(a_path_is_below_whole_folders_only),
        cmocka_unit_test(diagnostics_sort_by_place_then_check),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
