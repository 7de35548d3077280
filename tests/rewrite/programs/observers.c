/* SPDX-License-Identifier: MIT
 *
 * Subjects own their subscriptions, subscriptions know observers weakly, observers unsubscribe while they are
 * told.
 */
#include <recount.h>
#include <stdio.h>
#include <string.h>

typedef struct Observer Observer;
typedef struct Subscription Subscription;
typedef struct Subject Subject;

typedef void (*Told)(Observer *self, Subject *subject, const char *news);

struct RC_CLASS RC_BASE Observer {
    RC_HEAD;
    const char *name;
    Told told;
};
RC_FINALIZER static void observer_finalize(Observer *self)
{
    printf("~%s\n", self->name);
}

typedef struct Forwarder Forwarder;
struct RC_CLASS Forwarder {
    Observer observer;
    Subject *to;
};

struct RC_CLASS Subscription {
    RC_HEAD;
    RC_WEAK Observer *observer;
    Subscription *next;
};

struct RC_CLASS Subject {
    RC_HEAD;
    const char *name;
    Subscription *subscriptions;
    struct {
        int sent, missed;
    } count;
};
RC_FINALIZER static void subject_finalize(Subject *self)
{
    printf("~%s %d %d\n", self->name, self->count.sent, self->count.missed);
}

static Subject *subject_new(const char *name)
{
    Subject *self = rc_new(Subject);

    self->name = name;
    return self;
}

static void subscribe(Subject *subject, Observer *observer)
{
    Subscription *s = rc_new(Subscription), **end = &subject->subscriptions;

    s->observer = observer;
    while (*end) end = &(*end)->next;
    *end = s;
}

static void unsubscribe(Subject *subject, Observer *observer)
{
    for (Subscription **at = &subject->subscriptions; *at;) {
        if ((*at)->observer == observer)
            *at = (*at)->next;
        else
            at = &(*at)->next;
    }
}

static void send(Subject *subject, const char *news)
{
    Subscription *s = subject->subscriptions, *next;

    for (; s; s = next) {
        Observer *observer = s->observer;
        next = s->next;
        if (!observer) {
            subject->count.missed++;
            continue;
        }
        subject->count.sent++;
        observer->told(observer, subject, news);
    }
}

static void print_news(Observer *self, Subject *subject, const char *news)
{
    printf("%s: %s says %s\n", self->name, subject->name, news);
}

static void once(Observer *self, Subject *subject, const char *news)
{
    print_news(self, subject, news);
    unsubscribe(subject, self);
}

static void forward(Observer *self, Subject *subject, const char *news)
{
    Forwarder *forwarder = (Forwarder *)self;

    (void)subject;
    if (strcmp(news, "stop"))
        send(forwarder->to, news);
    else
        forwarder->to = NULL;
}

static Observer *observer_new(const char *name, Told told)
{
    Observer *self = rc_new(Observer);

    self->name = name;
    self->told = told;
    return self;
}

static Observer *forwarder_new(RC_STEALS Subject *to)
{
    Forwarder *self = rc_new(Forwarder);

    self->observer.name = "forwarder";
    self->observer.told = forward;
    self->to = to;
    return &self->observer;
}

int main(void)
{
    Subject *radio = subject_new("radio"), *paper = subject_new("paper");
    Observer *ann = observer_new("ann", print_news), *bob = observer_new("bob", once);

    subscribe(radio, ann);
    subscribe(radio, bob);
    subscribe(paper, ann);
    send(radio, "rain");
    send(radio, "sun");
    subscribe(radio, observer_new("nobody", print_news));
    Observer *link = forwarder_new(paper);
    subscribe(radio, link);
    paper = NULL;
    send(radio, "wind");
    ann = NULL;
    send(radio, "snow");
    send(radio, "stop");
    bob = NULL;
    link = NULL;
    puts("end");
    radio = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
