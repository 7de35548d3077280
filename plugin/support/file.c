/* SPDX-License-Identifier: MIT
 *
 * Files: whole reads, writes that never leave half a file, paths.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support.h"

static int read_all(int fd, char *buffer, size_t want, size_t *got)
{
    *got = 0;
    while (*got < want) {
        ssize_t n = read(fd, buffer + *got, want - *got);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno;
        if (n == 0) break;
        *got += (size_t)n;
    }
    return 0;
}

int file_read(const char *path, char **out, size_t *n)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return errno;
    int error = fstat(fd, &st) < 0 ? errno : S_ISDIR(st.st_mode) ? EISDIR : S_ISREG(st.st_mode) ? 0 : EINVAL;
    if (error) goto close_file;
    char *buffer = x_malloc((size_t)st.st_size + 1);
    error = read_all(fd, buffer, (size_t)st.st_size, n);
    if (error) {
        free(buffer);
        goto close_file;
    }
    buffer[*n] = '\0';
    *out = buffer;
close_file:
    close(fd);
    return error;
}

static int write_all(int fd, const char *data, size_t n)
{
    while (n) {
        ssize_t done = write(fd, data, n);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return errno;
        data += done;
        n -= (size_t)done;
    }
    return 0;
}

/* The mode that a plain creation would give, since mkstemp makes private files; an existing file keeps its
 * own. */
static mode_t mode_for(const char *path)
{
    struct stat st;
    if (stat(path, &st) == 0) return st.st_mode & 07777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* A terminal, a pipe or /dev/null is written as it is: renaming would put a file in its place. */
static int write_in_place(const char *path, const char *data, size_t n)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return errno;
    int error = write_all(fd, data, n);
    if (close(fd) < 0 && !error) error = errno;
    return error;
}

static int write_renamed(const char *path, const char *data, size_t n)
{
    strbuf name = {0};
    strbuf_printf(&name, "%s.XXXXXX", path);
    int fd = mkstemp(name.s), error = 0;
    if (fd < 0) {
        error = errno;
        goto free_name;
    }
    error = write_all(fd, data, n);
    if (!error && fchmod(fd, mode_for(path)) < 0) error = errno;
    if (close(fd) < 0 && !error) error = errno;
    if (!error && rename(name.s, path) < 0) error = errno;
    if (error) unlink(name.s);
free_name:
    strbuf_fini(&name);
    return error;
}

int file_write(const char *path, const char *data, size_t n)
{
    struct stat st;
    if (stat(path, &st) < 0) return write_renamed(path, data, n);
    if (S_ISDIR(st.st_mode)) return EISDIR;
    if (!S_ISREG(st.st_mode)) return write_in_place(path, data, n);
    char *real = path_real(path); /* behind a symbolic link, which stays */
    int error = write_renamed(real, data, n);
    free(real);
    return error;
}

int dir_make(const char *path)
{
    char *copy = x_strdup(path);
    int error = 0;
    for (char *p = copy + 1; !error; p++) {
        char end = *p;
        if (end != '/' && end != '\0') continue;
        *p = '\0';
        if (mkdir(copy, 0777) < 0 && errno != EEXIST) error = errno;
        *p = end;
        if (end == '\0') break;
    }
    struct stat st;
    if (!error && (stat(path, &st) < 0 || !S_ISDIR(st.st_mode))) error = ENOTDIR;
    free(copy);
    return error;
}

char *path_real(const char *path)
{
    char *real = realpath(path, NULL);
    return real ? real : x_strdup(path);
}

const char *path_below(const char *root, const char *path)
{
    size_t n = strlen(root);
    while (n && root[n - 1] == '/') n--;
    return n && strncmp(root, path, n) == 0 && path[n] == '/' && path[n + 1] ? path + n + 1 : path;
}
