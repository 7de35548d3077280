/* SPDX-License-Identifier: MIT
 *
 * The Linux kernel's counted objects, and code written in its style: who takes, adds and drops references.
 *
 * Facts come from the kernel-doc of include/linux and drivers/of (GPL-2.0); no text of theirs is here. Prototypes are
 * those of 6.1, with the iterating functions that came since. Calls whose failure is an error pointer are as their
 * success: an error pointer is no object, and a path on which IS_ERR holds has nothing to drop. What frees its argument
 * only on failure (skb_pad) is left out: nothing is said of it.
 *
 * A find or an iterating function that takes `from`, `prev` or `child` drops that reference and returns a new one, so
 * that a loop that runs to its end is balanced and one that is left early holds one.
 */
#include <recount_annotations.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* clang-format off: a row per function reads as a table */

#define NEW_REF RC_RETURNS_NEW RC_NULLABLE /* a new reference, or NULL */

typedef uint32_t u32;
typedef unsigned gfp_t;
typedef unsigned short fmode_t;
typedef struct refcount_struct { int refs; } refcount_t;
typedef struct spinlock spinlock_t;
struct mutex;

/* ---- bare counters: a struct that holds one is counted by it ------------------------------------------------- */
struct kref { refcount_t refcount; };
RC_DESCRIBES("linux/kref.h linux/module.h linux/of.h linux/of_graph.h linux/of_platform.h linux/of_irq.h "
             "linux/property.h linux/device.h linux/platform_device.h linux/pci.h linux/usb.h linux/i2c.h linux/skbuff.h "
             "linux/netdevice.h linux/rtnetlink.h linux/inetdevice.h net/sock.h net/net_namespace.h net/dst.h "
             "net/neighbour.h net/addrconf.h net/netlink.h net/genetlink.h linux/fs.h linux/dcache.h linux/file.h "
             "linux/mount.h linux/namei.h linux/sched/mm.h linux/sched/task.h linux/pid.h linux/cred.h linux/key.h "
             "linux/tty.h linux/bio.h linux/dma-buf.h linux/dma-fence.h drm/drm_gem.h drm/drm_drv.h "
             "drm/drm_framebuffer.h");
RC_OBJECT_TYPE(refcount_struct, refcount_inc, refcount_dec_and_test);
RC_OBJECT_TYPE(kref, kref_get, kref_put);

void refcount_inc(RC_RETAINS RC_NONNULL refcount_t *r);
RC_FAILS(result == 0) bool refcount_inc_not_zero(RC_RETAINS_ON_SUCCESS RC_NONNULL refcount_t *r);
void refcount_dec(RC_RELEASES RC_NONNULL refcount_t *r);
bool refcount_dec_and_test(RC_RELEASES RC_NONNULL refcount_t *r);
bool refcount_dec_and_lock(RC_RELEASES RC_NONNULL refcount_t *r, spinlock_t *lock);
bool refcount_dec_and_mutex_lock(RC_RELEASES RC_NONNULL refcount_t *r, struct mutex *lock);
unsigned refcount_read(const refcount_t *r);
void refcount_set(refcount_t *r, int n);

void kref_init(struct kref *kref);
unsigned kref_read(const struct kref *kref);
void kref_get(RC_RETAINS RC_NONNULL struct kref *kref);
RC_FAILS(result == 0) int kref_get_unless_zero(RC_RETAINS_ON_SUCCESS RC_NONNULL struct kref *kref);
int kref_put(RC_RELEASES RC_NONNULL struct kref *kref, void (*release)(struct kref *kref));
int kref_put_mutex(RC_RELEASES RC_NONNULL struct kref *kref, void (*release)(struct kref *kref), struct mutex *lock);
int kref_put_lock(RC_RELEASES RC_NONNULL struct kref *kref, void (*release)(struct kref *kref), spinlock_t *lock);

/* ---- kobject, module ----------------------------------------------------------------------------------------- */
struct kobject; struct kset; struct module;
RC_OBJECT_TYPE(kobject, kobject_get, kobject_put);
RC_OBJECT_TYPE(module, __module_get, module_put);

RC_RETURNS_ARG(kobj) struct kobject *kobject_get(RC_RETAINS struct kobject *kobj);
NEW_REF struct kobject *kobject_get_unless_zero(RC_NONNULL struct kobject *kobj);
void kobject_put(RC_RELEASES struct kobject *kobj);
NEW_REF struct kobject *kobject_create_and_add(const char *name, struct kobject *parent);
NEW_REF struct kobject *kset_find_obj(struct kset *kset, const char *name);
RC_FAILS(result == 0) bool try_module_get(RC_RETAINS_ON_SUCCESS struct module *module);
void __module_get(RC_RETAINS struct module *module);
void module_put(RC_RELEASES struct module *module);

/* ---- device tree nodes --------------------------------------------------------------------------------------- */
struct device_node; struct of_device_id;
RC_OBJECT_TYPE(device_node, of_node_get, of_node_put);

RC_RETURNS_ARG(node) struct device_node *of_node_get(RC_RETAINS struct device_node *node);
void of_node_put(RC_RELEASES struct device_node *node);
NEW_REF struct device_node *of_find_all_nodes(RC_STEALS struct device_node *prev);
NEW_REF struct device_node *of_find_node_by_name(RC_STEALS struct device_node *from, const char *name);
NEW_REF struct device_node *of_find_node_by_type(RC_STEALS struct device_node *from, const char *type);
NEW_REF struct device_node *of_find_compatible_node(RC_STEALS struct device_node *from,
        const char *type, const char *compatible);
NEW_REF struct device_node *of_find_matching_node(RC_STEALS struct device_node *from,
        const struct of_device_id *matches);
NEW_REF struct device_node *of_find_matching_node_and_match(RC_STEALS struct device_node *from,
        const struct of_device_id *matches, const struct of_device_id **match);
NEW_REF struct device_node *of_find_node_with_property(RC_STEALS struct device_node *from, const char *property);
NEW_REF struct device_node *of_find_node_by_path(const char *path);
NEW_REF struct device_node *of_find_node_opts_by_path(const char *path, const char **opts);
NEW_REF struct device_node *of_find_node_by_phandle(u32 handle);
NEW_REF struct device_node *of_get_parent(const struct device_node *node);
NEW_REF struct device_node *of_get_next_parent(RC_STEALS struct device_node *node);
NEW_REF struct device_node *of_get_next_child(const struct device_node *node, RC_STEALS struct device_node *prev);
NEW_REF struct device_node *of_get_next_available_child(const struct device_node *node,
        RC_STEALS struct device_node *prev);
NEW_REF struct device_node *of_get_next_reserved_child(const struct device_node *node,
        RC_STEALS struct device_node *prev);
NEW_REF struct device_node *of_get_next_cpu_node(RC_STEALS struct device_node *prev);
NEW_REF struct device_node *of_get_child_by_name(const struct device_node *node, const char *name);
NEW_REF struct device_node *of_get_available_child_by_name(const struct device_node *node, const char *name);
NEW_REF struct device_node *of_get_compatible_child(const struct device_node *parent, const char *compatible);
NEW_REF struct device_node *of_get_cpu_node(int cpu, unsigned *thread);
NEW_REF struct device_node *of_cpu_device_node_get(int cpu);
NEW_REF struct device_node *of_parse_phandle(const struct device_node *node, const char *name, int index);
NEW_REF struct device_node *of_irq_find_parent(struct device_node *child);
NEW_REF struct device_node *of_graph_get_port_by_id(struct device_node *node, u32 id);
NEW_REF struct device_node *of_graph_get_next_endpoint(const struct device_node *parent,
        RC_STEALS struct device_node *prev);
NEW_REF struct device_node *of_graph_get_next_port(const struct device_node *parent,
        RC_STEALS struct device_node *prev);
NEW_REF struct device_node *of_graph_get_endpoint_by_regs(const struct device_node *parent, int port, int reg);
NEW_REF struct device_node *of_graph_get_remote_endpoint(const struct device_node *node);
NEW_REF struct device_node *of_graph_get_port_parent(struct device_node *node);
NEW_REF struct device_node *of_graph_get_remote_port_parent(const struct device_node *node);
NEW_REF struct device_node *of_graph_get_remote_port(const struct device_node *node);
NEW_REF struct device_node *of_graph_get_remote_node(const struct device_node *node, u32 port, u32 endpoint);

/* ---- firmware nodes ------------------------------------------------------------------------------------------ */
struct fwnode_handle; struct device;
RC_OBJECT_TYPE(fwnode_handle, fwnode_handle_get, fwnode_handle_put);

RC_RETURNS_ARG(fwnode) struct fwnode_handle *fwnode_handle_get(RC_RETAINS struct fwnode_handle *fwnode);
void fwnode_handle_put(RC_RELEASES struct fwnode_handle *fwnode);
NEW_REF struct fwnode_handle *fwnode_get_parent(const struct fwnode_handle *fwnode);
NEW_REF struct fwnode_handle *fwnode_get_next_parent(RC_STEALS struct fwnode_handle *fwnode);
NEW_REF struct fwnode_handle *fwnode_get_nth_parent(struct fwnode_handle *fwnode, unsigned depth);
NEW_REF struct fwnode_handle *fwnode_get_next_child_node(const struct fwnode_handle *fwnode,
        RC_STEALS struct fwnode_handle *child);
NEW_REF struct fwnode_handle *fwnode_get_next_available_child_node(
        const struct fwnode_handle *fwnode, RC_STEALS struct fwnode_handle *child);
NEW_REF struct fwnode_handle *device_get_next_child_node(const struct device *dev,
        RC_STEALS struct fwnode_handle *child);
NEW_REF struct fwnode_handle *fwnode_get_named_child_node(const struct fwnode_handle *fwnode, const char *name);
NEW_REF struct fwnode_handle *device_get_named_child_node(const struct device *dev, const char *name);
RC_RETURNS_NEW struct fwnode_handle *fwnode_find_reference(const struct fwnode_handle *fwnode, const char *name,
        unsigned index);
NEW_REF struct fwnode_handle *fwnode_graph_get_next_endpoint(const struct fwnode_handle *fwnode,
        RC_STEALS struct fwnode_handle *prev);
NEW_REF struct fwnode_handle *fwnode_graph_get_port_parent(const struct fwnode_handle *endpoint);
NEW_REF struct fwnode_handle *fwnode_graph_get_remote_port_parent(const struct fwnode_handle *fwnode);
NEW_REF struct fwnode_handle *fwnode_graph_get_remote_port(const struct fwnode_handle *fwnode);
NEW_REF struct fwnode_handle *fwnode_graph_get_remote_endpoint(const struct fwnode_handle *fwnode);
NEW_REF struct fwnode_handle *fwnode_graph_get_endpoint_by_id(const struct fwnode_handle *fwnode,
        u32 port, u32 endpoint, unsigned long flags);

/* ---- devices, and what holds one inside ---------------------------------------------------------------------- */
struct bus_type; struct class; struct device_driver; struct platform_device; struct pci_dev; struct pci_bus;
struct usb_device; struct usb_interface; struct urb; struct i2c_adapter; struct i2c_client;
RC_OBJECT_TYPE(device, get_device, put_device);
RC_OBJECT_TYPE(platform_device, get_device, platform_device_put);
RC_OBJECT_TYPE(pci_dev, pci_dev_get, pci_dev_put);
RC_OBJECT_TYPE(usb_device, usb_get_dev, usb_put_dev);
RC_OBJECT_TYPE(usb_interface, usb_get_intf, usb_put_intf);
RC_OBJECT_TYPE(urb, usb_get_urb, usb_free_urb);
RC_OBJECT_TYPE(i2c_adapter, i2c_get_adapter, i2c_put_adapter);
RC_OBJECT_TYPE(i2c_client, get_device, put_device);
RC_EMBEDS(platform_device, dev);
RC_EMBEDS(pci_dev, dev);
RC_EMBEDS(usb_device, dev);
RC_EMBEDS(usb_interface, dev);
RC_EMBEDS(i2c_adapter, dev);
RC_EMBEDS(i2c_client, dev);

RC_RETURNS_ARG(dev) struct device *get_device(RC_RETAINS struct device *dev);
void put_device(RC_RELEASES struct device *dev);
NEW_REF struct device *device_find_child(struct device *parent, const void *data,
        int (*match)(struct device *dev, const void *data));
NEW_REF struct device *device_find_child_by_name(struct device *parent, const char *name);
NEW_REF struct device *device_find_any_child(struct device *parent);
NEW_REF struct device *bus_find_device(const struct bus_type *bus, struct device *start,
        const void *data, int (*match)(struct device *dev, const void *data));
NEW_REF struct device *bus_find_device_by_name(const struct bus_type *bus, struct device *start, const char *name);
NEW_REF struct device *bus_find_device_by_of_node(const struct bus_type *bus, const struct device_node *node);
NEW_REF struct device *bus_find_device_by_fwnode(const struct bus_type *bus, const struct fwnode_handle *fwnode);
NEW_REF struct device *class_find_device(const struct class *class, const struct device *start,
        const void *data, int (*match)(struct device *dev, const void *data));
NEW_REF struct device *class_find_device_by_name(const struct class *class, const char *name);
NEW_REF struct device *class_find_device_by_of_node(const struct class *class, const struct device_node *node);
NEW_REF struct device *driver_find_device(const struct device_driver *driver, struct device *start,
        const void *data, int (*match)(struct device *dev, const void *data));
NEW_REF struct platform_device *platform_device_alloc(const char *name, int id);
void platform_device_put(RC_RELEASES struct platform_device *pdev);
NEW_REF struct platform_device *of_find_device_by_node(struct device_node *node);

RC_RETURNS_ARG(dev) struct pci_dev *pci_dev_get(RC_RETAINS struct pci_dev *dev);
void pci_dev_put(RC_RELEASES struct pci_dev *dev);
NEW_REF struct pci_dev *pci_get_device(unsigned vendor, unsigned device, RC_STEALS struct pci_dev *from);
NEW_REF struct pci_dev *pci_get_subsys(unsigned vendor, unsigned device, unsigned ss_vendor,
        unsigned ss_device, RC_STEALS struct pci_dev *from);
NEW_REF struct pci_dev *pci_get_class(unsigned class, RC_STEALS struct pci_dev *from);
NEW_REF struct pci_dev *pci_get_base_class(unsigned class, RC_STEALS struct pci_dev *from);
NEW_REF struct pci_dev *pci_get_slot(struct pci_bus *bus, unsigned devfn);
NEW_REF struct pci_dev *pci_get_domain_bus_and_slot(int domain, unsigned bus, unsigned devfn);

RC_RETURNS_ARG(dev) struct usb_device *usb_get_dev(RC_RETAINS struct usb_device *dev);
void usb_put_dev(RC_RELEASES struct usb_device *dev);
RC_RETURNS_ARG(intf) struct usb_interface *usb_get_intf(RC_RETAINS struct usb_interface *intf);
void usb_put_intf(RC_RELEASES struct usb_interface *intf);
NEW_REF struct urb *usb_alloc_urb(int packets, gfp_t flags);
RC_RETURNS_ARG(urb) struct urb *usb_get_urb(RC_RETAINS struct urb *urb);
void usb_free_urb(RC_RELEASES struct urb *urb);

NEW_REF struct i2c_adapter *i2c_get_adapter(int number);
NEW_REF struct i2c_adapter *of_find_i2c_adapter_by_node(struct device_node *node);
NEW_REF struct i2c_adapter *of_get_i2c_adapter_by_node(struct device_node *node);
NEW_REF struct i2c_client *of_find_i2c_device_by_node(struct device_node *node);
void i2c_put_adapter(RC_RELEASES struct i2c_adapter *adapter);

/* ---- socket buffers ------------------------------------------------------------------------------------------ */
struct sk_buff; struct sk_buff_head; struct net_device; struct napi_struct; struct sock; struct net; struct genl_info;
RC_OBJECT_TYPE(sk_buff, skb_get, kfree_skb);

NEW_REF struct sk_buff *alloc_skb(unsigned size, gfp_t flags);
NEW_REF struct sk_buff *__alloc_skb(unsigned size, gfp_t flags, int how, int node);
NEW_REF struct sk_buff *build_skb(void *data, unsigned size);
NEW_REF struct sk_buff *dev_alloc_skb(unsigned length);
NEW_REF struct sk_buff *netdev_alloc_skb(struct net_device *dev, unsigned length);
NEW_REF struct sk_buff *__netdev_alloc_skb(struct net_device *dev, unsigned length, gfp_t flags);
NEW_REF struct sk_buff *netdev_alloc_skb_ip_align(struct net_device *dev, unsigned length);
NEW_REF struct sk_buff *napi_alloc_skb(struct napi_struct *napi, unsigned length);
NEW_REF struct sk_buff *skb_clone(struct sk_buff *skb, gfp_t flags);
NEW_REF struct sk_buff *skb_copy(const struct sk_buff *skb, gfp_t flags);
NEW_REF struct sk_buff *pskb_copy(struct sk_buff *skb, gfp_t flags);
NEW_REF struct sk_buff *skb_copy_expand(const struct sk_buff *skb, int head, int tail, gfp_t flags);
NEW_REF struct sk_buff *skb_realloc_headroom(struct sk_buff *skb, unsigned headroom);
NEW_REF struct sk_buff *skb_share_check(RC_STEALS struct sk_buff *skb, gfp_t flags);
NEW_REF struct sk_buff *skb_unshare(RC_STEALS struct sk_buff *skb, gfp_t flags);
RC_RETURNS_ARG(skb) struct sk_buff *skb_get(RC_RETAINS RC_NONNULL struct sk_buff *skb);
void kfree_skb(RC_RELEASES struct sk_buff *skb);
void kfree_skb_reason(RC_RELEASES struct sk_buff *skb, int reason);
void kfree_skb_list(RC_RELEASES struct sk_buff *segs);
void __kfree_skb(RC_RELEASES struct sk_buff *skb);
void consume_skb(RC_RELEASES struct sk_buff *skb);
void dev_kfree_skb_irq(RC_RELEASES struct sk_buff *skb);
void dev_kfree_skb_any(RC_RELEASES struct sk_buff *skb);
void dev_consume_skb_any(RC_RELEASES struct sk_buff *skb);
void napi_consume_skb(RC_RELEASES struct sk_buff *skb, int budget);
int netif_rx(RC_STEALS struct sk_buff *skb);
int netif_receive_skb(RC_STEALS struct sk_buff *skb);
int napi_gro_receive(struct napi_struct *napi, RC_STEALS struct sk_buff *skb);
int dev_queue_xmit(RC_STEALS struct sk_buff *skb);
void skb_queue_head(struct sk_buff_head *list, RC_STEALS struct sk_buff *skb);
void skb_queue_tail(struct sk_buff_head *list, RC_STEALS struct sk_buff *skb);
void __skb_queue_head(struct sk_buff_head *list, RC_STEALS struct sk_buff *skb);
void __skb_queue_tail(struct sk_buff_head *list, RC_STEALS struct sk_buff *skb);
NEW_REF struct sk_buff *skb_dequeue(struct sk_buff_head *list);
NEW_REF struct sk_buff *skb_dequeue_tail(struct sk_buff_head *list);
NEW_REF struct sk_buff *__skb_dequeue(struct sk_buff_head *list);
NEW_REF struct sk_buff *__skb_dequeue_tail(struct sk_buff_head *list);
RC_RETURNS_BORROWED RC_NULLABLE struct sk_buff *skb_peek(const struct sk_buff_head *list);
RC_RETURNS_BORROWED RC_NULLABLE struct sk_buff *skb_peek_tail(const struct sk_buff_head *list);
int sock_queue_rcv_skb(struct sock *sk, RC_STEALS_ON_SUCCESS struct sk_buff *skb);
NEW_REF struct sk_buff *sock_alloc_send_skb(struct sock *sk, unsigned long size, int noblock, int *error);
NEW_REF struct sk_buff *nlmsg_new(size_t payload, gfp_t flags);
NEW_REF struct sk_buff *genlmsg_new(size_t payload, gfp_t flags);
void nlmsg_free(RC_RELEASES struct sk_buff *skb);
int nlmsg_unicast(struct sock *sk, RC_STEALS struct sk_buff *skb, u32 portid);
int netlink_unicast(struct sock *sk, RC_STEALS struct sk_buff *skb, u32 portid, int nonblock);
int netlink_broadcast(struct sock *sk, RC_STEALS struct sk_buff *skb, u32 portid, u32 group, gfp_t flags);
int genlmsg_unicast(struct net *net, RC_STEALS struct sk_buff *skb, u32 portid);
int genlmsg_reply(RC_STEALS struct sk_buff *skb, struct genl_info *info);
int rtnl_unicast(RC_STEALS struct sk_buff *skb, struct net *net, u32 portid);

/* ---- network ------------------------------------------------------------------------------------------------- */
struct dst_entry; struct neighbour; struct neigh_table; struct in_device; struct inet6_dev;
RC_OBJECT_TYPE(net_device, dev_hold, dev_put);
RC_OBJECT_TYPE(sock, sock_hold, sock_put);
RC_OBJECT_TYPE(net, get_net, put_net);
RC_OBJECT_TYPE(dst_entry, dst_hold, dst_release);
RC_OBJECT_TYPE(neighbour, neigh_hold, neigh_release);
RC_OBJECT_TYPE(in_device, in_dev_hold, in_dev_put);
RC_OBJECT_TYPE(inet6_dev, in6_dev_hold, in6_dev_put);

void dev_hold(RC_RETAINS struct net_device *dev);
void dev_put(RC_RELEASES struct net_device *dev);
NEW_REF struct net_device *dev_get_by_name(struct net *net, const char *name);
NEW_REF struct net_device *dev_get_by_index(struct net *net, int index);
RC_RETURNS_BORROWED RC_NULLABLE struct net_device *__dev_get_by_name(struct net *net, const char *name);
RC_RETURNS_BORROWED RC_NULLABLE struct net_device *__dev_get_by_index(struct net *net, int index);
void sock_hold(RC_RETAINS RC_NONNULL struct sock *sk);
void sock_put(RC_RELEASES RC_NONNULL struct sock *sk);
RC_RETURNS_ARG(net) struct net *get_net(RC_RETAINS RC_NONNULL struct net *net);
NEW_REF struct net *maybe_get_net(struct net *net);
void put_net(RC_RELEASES RC_NONNULL struct net *net);
RC_RETURNS_NEW struct net *get_net_ns_by_fd(int fd);
RC_RETURNS_NEW struct net *get_net_ns_by_pid(int pid);
void dst_hold(RC_RETAINS RC_NONNULL struct dst_entry *dst);
RC_RETURNS_ARG(dst) struct dst_entry *dst_clone(RC_RETAINS struct dst_entry *dst);
void dst_release(RC_RELEASES struct dst_entry *dst);
void neigh_hold(RC_RETAINS RC_NONNULL struct neighbour *neigh);
void neigh_release(RC_RELEASES RC_NONNULL struct neighbour *neigh);
NEW_REF struct neighbour *neigh_lookup(struct neigh_table *table, const void *key, struct net_device *dev);
NEW_REF struct in_device *in_dev_get(const struct net_device *dev);
void in_dev_hold(RC_RETAINS RC_NONNULL struct in_device *idev);
void in_dev_put(RC_RELEASES RC_NONNULL struct in_device *idev);
NEW_REF struct inet6_dev *in6_dev_get(const struct net_device *dev);
void in6_dev_hold(RC_RETAINS RC_NONNULL struct inet6_dev *idev);
void in6_dev_put(RC_RELEASES RC_NONNULL struct inet6_dev *idev);

/* ---- files --------------------------------------------------------------------------------------------------- */
struct dentry; struct inode; struct file; struct super_block; struct qstr; struct path; struct cred;
struct vfsmount;
RC_OBJECT_TYPE(dentry, dget, dput);
RC_OBJECT_TYPE(inode, ihold, iput);
RC_OBJECT_TYPE(file, get_file, fput);
RC_OBJECT_TYPE(vfsmount, mntget, mntput);

RC_RETURNS_ARG(dentry) struct dentry *dget(RC_RETAINS struct dentry *dentry);
void dput(RC_RELEASES struct dentry *dentry);
RC_RETURNS_NEW struct dentry *dget_parent(struct dentry *dentry);
NEW_REF struct dentry *d_lookup(const struct dentry *parent, const struct qstr *name);
NEW_REF struct dentry *d_find_alias(struct inode *inode);
NEW_REF struct dentry *d_alloc(struct dentry *parent, const struct qstr *name);
NEW_REF struct dentry *d_alloc_name(struct dentry *parent, const char *name);
NEW_REF struct dentry *d_make_root(RC_STEALS struct inode *inode);
RC_RETURNS_NEW struct dentry *d_obtain_alias(RC_STEALS struct inode *inode);
NEW_REF struct dentry *d_splice_alias(RC_STEALS struct inode *inode, struct dentry *dentry);
RC_RETURNS_NEW struct dentry *lookup_one_len(const char *name, struct dentry *base, int length);
void d_instantiate(struct dentry *dentry, RC_STEALS struct inode *inode);
void d_add(struct dentry *dentry, RC_STEALS struct inode *inode);
void ihold(RC_RETAINS RC_NONNULL struct inode *inode);
void iput(RC_RELEASES struct inode *inode);
NEW_REF struct inode *igrab(RC_NONNULL struct inode *inode);
NEW_REF struct inode *new_inode(struct super_block *sb);
NEW_REF struct inode *iget_locked(struct super_block *sb, unsigned long number);
NEW_REF struct inode *ilookup(struct super_block *sb, unsigned long number);
RC_RETURNS_ARG(file) struct file *get_file(RC_RETAINS RC_NONNULL struct file *file);
void fput(RC_RELEASES RC_NONNULL struct file *file);
NEW_REF struct file *fget(unsigned fd);
NEW_REF struct file *fget_raw(unsigned fd);
RC_RETURNS_NEW struct file *filp_open(const char *name, int flags, unsigned short mode);
RC_RETURNS_NEW struct file *dentry_open(const struct path *path, int flags, const struct cred *cred);
int filp_close(RC_RELEASES struct file *file, void *owner);
void fd_install(unsigned fd, RC_STEALS struct file *file);
RC_RETURNS_ARG(mnt) struct vfsmount *mntget(RC_RETAINS struct vfsmount *mnt);
void mntput(RC_RELEASES struct vfsmount *mnt);

/* ---- processes, credentials, keys ---------------------------------------------------------------------------- */
struct task_struct; struct pid; struct mm_struct; struct key; struct key_type; enum pid_type { PIDTYPE_PID };
RC_OBJECT_TYPE(task_struct, get_task_struct, put_task_struct);
RC_OBJECT_TYPE(pid, get_pid, put_pid);
RC_OBJECT_TYPE(mm_struct, mmget, mmput);
RC_OBJECT_TYPE(cred, get_cred, put_cred);
RC_OBJECT_TYPE(key, key_get, key_put);

RC_RETURNS_ARG(task) struct task_struct *get_task_struct(RC_RETAINS RC_NONNULL struct task_struct *task);
void put_task_struct(RC_RELEASES RC_NONNULL struct task_struct *task);
NEW_REF struct task_struct *get_pid_task(struct pid *pid, enum pid_type type);
RC_RETURNS_BORROWED RC_NULLABLE struct task_struct *pid_task(struct pid *pid, enum pid_type type);
NEW_REF struct task_struct *find_get_task_by_vpid(int number);
RC_RETURNS_ARG(pid) struct pid *get_pid(RC_RETAINS struct pid *pid);
void put_pid(RC_RELEASES struct pid *pid);
NEW_REF struct pid *find_get_pid(int number);
NEW_REF struct pid *get_task_pid(struct task_struct *task, enum pid_type type);
void mmget(RC_RETAINS RC_NONNULL struct mm_struct *mm);
RC_FAILS(result == 0) bool mmget_not_zero(RC_RETAINS_ON_SUCCESS RC_NONNULL struct mm_struct *mm);
void mmput(RC_RELEASES RC_NONNULL struct mm_struct *mm);
NEW_REF struct mm_struct *get_task_mm(struct task_struct *task);
RC_RETURNS_ARG(cred) const struct cred *get_cred(RC_RETAINS const struct cred *cred);
void put_cred(RC_RELEASES const struct cred *cred);
NEW_REF struct cred *prepare_creds(void);
int commit_creds(RC_STEALS struct cred *cred);
void abort_creds(RC_RELEASES struct cred *cred);
RC_RETURNS_ARG(key) struct key *key_get(RC_RETAINS struct key *key);
void key_put(RC_RELEASES struct key *key);
RC_RETURNS_NEW struct key *request_key(struct key_type *type, const char *description, const char *callout);

/* ---- terminals, blocks, graphics buffers --------------------------------------------------------------------- */
struct tty_struct; struct tty_port; struct bio; struct dma_buf; struct dma_fence; struct drm_device; struct drm_file;
struct drm_gem_object; struct drm_framebuffer;
RC_OBJECT_TYPE(tty_struct, tty_kref_get, tty_kref_put);
RC_OBJECT_TYPE(bio, bio_get, bio_put);
RC_OBJECT_TYPE(dma_buf, get_dma_buf, dma_buf_put);
RC_OBJECT_TYPE(dma_fence, dma_fence_get, dma_fence_put);
RC_OBJECT_TYPE(drm_device, drm_dev_get, drm_dev_put);
RC_OBJECT_TYPE(drm_gem_object, drm_gem_object_get, drm_gem_object_put);
RC_OBJECT_TYPE(drm_framebuffer, drm_framebuffer_get, drm_framebuffer_put);

RC_RETURNS_ARG(tty) struct tty_struct *tty_kref_get(RC_RETAINS struct tty_struct *tty);
void tty_kref_put(RC_RELEASES struct tty_struct *tty);
NEW_REF struct tty_struct *get_current_tty(void);
NEW_REF struct tty_struct *tty_port_tty_get(struct tty_port *port);
void bio_get(RC_RETAINS RC_NONNULL struct bio *bio);
void bio_put(RC_RELEASES RC_NONNULL struct bio *bio);
void get_dma_buf(RC_RETAINS RC_NONNULL struct dma_buf *buf);
RC_RETURNS_NEW struct dma_buf *dma_buf_get(int fd);
void dma_buf_put(RC_RELEASES struct dma_buf *buf);
RC_RETURNS_ARG(fence) struct dma_fence *dma_fence_get(RC_RETAINS struct dma_fence *fence);
NEW_REF struct dma_fence *dma_fence_get_rcu(struct dma_fence *fence);
void dma_fence_put(RC_RELEASES struct dma_fence *fence);
void drm_dev_get(RC_RETAINS RC_NONNULL struct drm_device *dev);
void drm_dev_put(RC_RELEASES struct drm_device *dev);
void drm_gem_object_get(RC_RETAINS RC_NONNULL struct drm_gem_object *obj);
void drm_gem_object_put(RC_RELEASES struct drm_gem_object *obj);
NEW_REF struct drm_gem_object *drm_gem_object_lookup(struct drm_file *file, u32 handle);
void drm_framebuffer_get(RC_RETAINS RC_NONNULL struct drm_framebuffer *fb);
void drm_framebuffer_put(RC_RELEASES RC_NONNULL struct drm_framebuffer *fb);
NEW_REF struct drm_framebuffer *drm_framebuffer_lookup(struct drm_device *dev, struct drm_file *file, u32 id);
/* clang-format on */
