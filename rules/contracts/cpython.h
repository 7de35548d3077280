/* SPDX-License-Identifier: MIT
 *
 * CPython 3.8 to 3.14: what each function of its C API does to references.
 *
 * Facts come from the reference manual, from Doc/data/refcounts.dat and from the headers' prototypes (Python Software
 * Foundation License); no text of theirs is here. refcounts.dat says what results are; stolen arguments are by hand.
 * A pack is read for names and positions: every counted struct is PyObject here, and other types are as wide as theirs.
 * RC_NO_EFFECT marks questions that always have the same answer for the same object. RC_KEEPS marks an argument that
 * the callee may keep alive by a reference of its own.
 */
#include <recount_annotations.h>

typedef long Py_ssize_t;
typedef unsigned long size_t;
typedef struct _object { Py_ssize_t ob_refcnt; } PyObject;
typedef struct _typeobject PyTypeObject;
RC_OBJECT_TYPE(PyObject, Py_INCREF, Py_DECREF);

/* ---- tables: what the functions in them must do --------------------------------------------------------------------- */
struct PyMethodDef {
    const char *ml_name;
    RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*ml_meth)(PyObject *self, PyObject *args);
};
struct PyGetSetDef {
    const char *name;
    RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*get)(PyObject *self, void *closure);
    RC_RAISES int (*set)(PyObject *self, PyObject *value, void *closure);
};
struct _typeobject {
    PyObject ob_base;
    void (*tp_dealloc)(RC_RELEASES PyObject *self);
    RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*tp_getattr)(PyObject *self, char *name);
    RC_RAISES int (*tp_setattr)(PyObject *self, char *name, PyObject *value);
    RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*tp_repr)(PyObject *self);
    RC_RAISES Py_ssize_t (*tp_hash)(PyObject *self);
    RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*tp_call)(PyObject *self, PyObject *args, PyObject *kwargs);
    RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*tp_str)(PyObject *self);
    RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*tp_getattro)(PyObject *self, PyObject *name);
    RC_RAISES int (*tp_setattro)(PyObject *self, PyObject *name, PyObject *value);
    RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*tp_richcompare)(PyObject *self, PyObject *other, int op);
    RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*tp_iter)(PyObject *self);
    RC_RETURNS_NEW RC_NULLABLE PyObject *(*tp_iternext)(PyObject *self);
    RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*tp_descr_get)(PyObject *self, PyObject *object, PyObject *type);
    RC_RAISES int (*tp_descr_set)(PyObject *self, PyObject *object, PyObject *value);
    RC_RAISES int (*tp_init)(PyObject *self, PyObject *args, PyObject *kwargs);
    RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*tp_alloc)(PyTypeObject *type, Py_ssize_t items);
    RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*tp_new)(PyTypeObject *type, PyObject *args, PyObject *kwargs);
    void (*tp_free)(RC_RELEASES void *self);
};
#define RECOUNT_UNARY(name) RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*name)(PyObject *o)
#define RECOUNT_BINARY(name) RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*name)(PyObject *o, PyObject *v)
#define RECOUNT_TERNARY(name) RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*name)(PyObject *o, PyObject *v, PyObject *w)
#define RECOUNT_AT(name) RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *(*name)(PyObject *o, Py_ssize_t i)
typedef struct {
    RECOUNT_BINARY(nb_add); RECOUNT_BINARY(nb_subtract); RECOUNT_BINARY(nb_multiply); RECOUNT_BINARY(nb_remainder);
    RECOUNT_BINARY(nb_divmod); RECOUNT_TERNARY(nb_power); RECOUNT_UNARY(nb_negative); RECOUNT_UNARY(nb_positive);
    RECOUNT_UNARY(nb_absolute); RECOUNT_UNARY(nb_invert); RECOUNT_BINARY(nb_lshift); RECOUNT_BINARY(nb_rshift);
    RECOUNT_BINARY(nb_and); RECOUNT_BINARY(nb_xor); RECOUNT_BINARY(nb_or); RECOUNT_UNARY(nb_int);
    RECOUNT_UNARY(nb_float); RECOUNT_BINARY(nb_inplace_add); RECOUNT_BINARY(nb_inplace_subtract);
    RECOUNT_BINARY(nb_inplace_multiply); RECOUNT_BINARY(nb_inplace_remainder); RECOUNT_TERNARY(nb_inplace_power);
    RECOUNT_BINARY(nb_inplace_lshift); RECOUNT_BINARY(nb_inplace_rshift); RECOUNT_BINARY(nb_inplace_and);
    RECOUNT_BINARY(nb_inplace_xor); RECOUNT_BINARY(nb_inplace_or); RECOUNT_BINARY(nb_floor_divide);
    RECOUNT_BINARY(nb_true_divide); RECOUNT_BINARY(nb_inplace_floor_divide); RECOUNT_BINARY(nb_inplace_true_divide);
    RECOUNT_UNARY(nb_index); RECOUNT_BINARY(nb_matrix_multiply); RECOUNT_BINARY(nb_inplace_matrix_multiply);
} PyNumberMethods;
typedef struct {
    RECOUNT_BINARY(sq_concat); RECOUNT_AT(sq_repeat); RECOUNT_AT(sq_item);
    RECOUNT_BINARY(sq_inplace_concat); RECOUNT_AT(sq_inplace_repeat);
} PySequenceMethods;
typedef struct { RECOUNT_BINARY(mp_subscript); } PyMappingMethods;
typedef struct { RECOUNT_UNARY(am_await); RECOUNT_UNARY(am_aiter); RECOUNT_UNARY(am_anext); } PyAsyncMethods;

/* ---- Py -------------------------------------------------------------------------------------------------- */
RC_RAISES int Py_AddPendingCall(void *func, void *arg);
int Py_AtExit(void *func);
void _Py_BreakPoint(void);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_FORMAT(build, 1) PyObject *_Py_BuildValue_SizeT(const char *a, ...);
int Py_BytesMain(int argc, void *argv);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_Py_CheckFunctionResult(void *tstate, PyObject *callable, PyObject
    *result, const char *where);
int _Py_CoerceLegacyLocale(int warn);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *Py_CompileString(const char *str, const char *filename, int start);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *Py_CompileStringExFlags(const char *str, const char *filename, int
    start, void *flags, int optimize);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *Py_CompileStringObject(const char *str, PyObject *filename, int
    start, void *flags, int optimize);
void Py_DECREF(RC_RELEASES RC_NONNULL PyObject *op);
void _Py_Dealloc(RC_RELEASES PyObject *o);
void Py_DecRef(RC_RELEASES PyObject *o);
void _Py_DecRef(RC_RELEASES PyObject *o);
void *Py_DecodeLocale(const char *arg, void *size);
int _Py_DisplaySourceLine(PyObject *o, PyObject *v, int w, int x, void *y, PyObject **z);
char *Py_EncodeLocale(const void *text, void *error_pos);
void Py_EndInterpreter(void *tstate);
int Py_EnterRecursiveCall(const char *where);
void Py_Exit(int status);
void Py_FatalError(const char *message);
void _Py_FatalErrorFormat(const char *func, const char *format, ...);
void _Py_FatalErrorFunc(const char *func, const char *message);
int Py_FdIsInteractive(void *fp, const char *filename);
int _Py_FdIsInteractive(void *fp, PyObject *filename);
void Py_Finalize(void);
int Py_FinalizeEx(void);
void _Py_FreeCharPArray(const void *array);
int Py_FrozenMain(int argc, void *argv);
char *Py_GETENV(const char *name);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *Py_GenericAlias(RC_KEEPS PyObject *o, RC_KEEPS PyObject *v);
void Py_GetArgcArgv(void *argc, void *argv);
const char *Py_GetBuildInfo(void);
const char *Py_GetCompiler(void);
const void *_Py_GetConfig(void);
const char *Py_GetCopyright(void);
void *Py_GetExecPrefix(void);
void *Py_GetPath(void);
const char *Py_GetPlatform(void);
void *Py_GetPrefix(void);
void *Py_GetProgramFullPath(void);
void *Py_GetProgramName(void);
void *Py_GetPythonHome(void);
int Py_GetRecursionLimit(void);
const char *Py_GetVersion(void);
Py_ssize_t _Py_HashBytes(const void *a, Py_ssize_t v);
Py_ssize_t _Py_HashDouble(PyObject *o, double v);
Py_ssize_t _Py_HashPointer(const void *a);
Py_ssize_t _Py_HashPointerRaw(const void *a);
void Py_INCREF(RC_RETAINS RC_NONNULL PyObject *op);
RC_NO_EFFECT int Py_IS_TYPE(RC_NONNULL PyObject *ob, PyObject *type);
void Py_IncRef(RC_RETAINS PyObject *o);
void _Py_IncRef(RC_RETAINS PyObject *o);
void Py_Initialize(void);
void Py_InitializeEx(int a);
RC_NO_EFFECT int Py_Is(PyObject *x, PyObject *y);
RC_RAISES int _Py_IsCoreInitialized(void);
RC_NO_EFFECT int Py_IsFalse(PyObject *x);
int _Py_IsFinalizing(void);
RC_NO_EFFECT int Py_IsInitialized(void);
RC_NO_EFFECT int Py_IsNone(PyObject *x);
RC_NO_EFFECT int Py_IsTrue(PyObject *x);
void Py_LeaveRecursiveCall(void);
int _Py_LegacyLocaleDetected(int warn);
int Py_Main(int argc, void *argv);
int Py_MakePendingCalls(void);
void *Py_NewInterpreter(void);
void *_Py_NewInterpreter(int isolated_subinterpreter);
RC_RETURNS_ARG(obj) PyObject *Py_NewRef(RC_RETAINS RC_NONNULL PyObject *obj);
RC_RETURNS_ARG(obj) PyObject *_Py_NewRef(RC_RETAINS RC_NONNULL PyObject *obj);
void _Py_NewReference(PyObject *op);
Py_ssize_t Py_REFCNT(RC_NONNULL PyObject *ob);
int Py_ReprEnter(RC_KEEPS PyObject *object);
void Py_ReprLeave(PyObject *object);
void _Py_RestoreSignals(void);
int Py_RunMain(void);
void Py_SET_REFCNT(PyObject *ob, Py_ssize_t refcnt);
void Py_SET_SIZE(RC_NONNULL PyObject *ob, Py_ssize_t size);
void Py_SET_TYPE(RC_NONNULL PyObject *ob, PyObject *type);
Py_ssize_t Py_SIZE(RC_NONNULL PyObject *ob);
char *_Py_SetLocaleFromEnv(int category);
void Py_SetPath(const void *a);
void _Py_SetProgramFullPath(const void *a);
void Py_SetProgramName(const void *name);
void Py_SetPythonHome(const void *a);
void Py_SetRecursionLimit(int a);
RC_RAISES int Py_SetStandardStreamEncoding(const char *encoding, const char *errors);
const char *_Py_SourceAsString(PyObject *cmd, const char *funcname, const char *what, void *cf, PyObject **cmd_copy);
RC_RETURNS_BORROWED RC_NO_EFFECT PyObject *Py_TYPE(RC_NONNULL PyObject *ob);
char *Py_UniversalNewlineFgets(char *a, int v, void *w, PyObject *x);
PyObject **_Py_VaBuildStack_SizeT(PyObject **small_stack, Py_ssize_t small_stack_len, const char *format, void *va,
    void *p_nargs);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_Py_VaBuildValue_SizeT(const char *a, void *v);
void Py_XDECREF(RC_RELEASES PyObject *op);
void Py_XINCREF(RC_RETAINS PyObject *op);
RC_RETURNS_ARG(obj) PyObject *Py_XNewRef(RC_RETAINS PyObject *obj);
RC_RETURNS_ARG(obj) PyObject *_Py_XNewRef(RC_RETAINS PyObject *obj);
void _Py_add_one_to_index_C(int nd, void *index, const void *shape);
void _Py_add_one_to_index_F(int nd, void *index, const void *shape);
int _Py_convert_optional_to_ssize_t(PyObject *o, void *v);
void *_Py_fopen_obj(PyObject *path, const char *mode);
const char *_Py_gitidentifier(void);
const char *_Py_gitversion(void);
double _Py_parse_inf_or_nan(const char *p, void *endptr);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_Py_string_to_number_with_underscores(const char *str, Py_ssize_t
    len, const char *what, PyObject *obj, void *arg, const void *innerfunc);

/* ---- PyAIter --------------------------------------------------------------------------------------------- */
RC_NO_EFFECT int PyAIter_Check(RC_NONNULL PyObject *o);

/* ---- PyArg ----------------------------------------------------------------------------------------------- */
void _PyArg_BadArgument(const char *a, const char *v, const char *w, PyObject *x);
int _PyArg_CheckPositional(const char *a, Py_ssize_t v, Py_ssize_t w, Py_ssize_t x);
int _PyArg_NoKeywords(const char *funcname, PyObject *kwargs);
int _PyArg_NoKwnames(const char *funcname, PyObject *kwnames);
int _PyArg_NoPositional(const char *funcname, PyObject *args);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parser, 4) int _PyArg_ParseStackAndKeywords_SizeT(PyObject *const *args,
    Py_ssize_t nargs, PyObject *kwnames, void *x, ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 3) int _PyArg_ParseStack_SizeT(PyObject *const *args, Py_ssize_t
    nargs, const char *format, ...);
int _PyArg_ParseTupleAndKeywordsFast_SizeT(PyObject *o, PyObject *v, void *w, ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 3) int _PyArg_ParseTupleAndKeywords_SizeT(PyObject *o, PyObject *v,
    const char *w, void *x, ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 2) int _PyArg_ParseTuple_SizeT(PyObject *o, const char *v, ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 2) int _PyArg_Parse_SizeT(PyObject *o, const char *v, ...);
PyObject *const *_PyArg_UnpackKeywords(PyObject *const *args, Py_ssize_t nargs, PyObject *kwargs, PyObject *kwnames,
    void *parser, int minpos, int maxpos, int minkw, PyObject **buf);
PyObject *const *_PyArg_UnpackKeywordsWithVararg(PyObject *const *args, Py_ssize_t nargs, PyObject *kwargs, PyObject
    *kwnames, void *parser, int minpos, int maxpos, int minkw, int vararg, PyObject **buf);
int _PyArg_UnpackStack(PyObject *const *args, Py_ssize_t nargs, const char *name, Py_ssize_t min, Py_ssize_t max,
    ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(unpack, 2) int PyArg_UnpackTuple(PyObject *o, const char *v, Py_ssize_t w,
    Py_ssize_t x, ...);
int _PyArg_VaParseTupleAndKeywordsFast_SizeT(PyObject *o, PyObject *v, void *w, void *x);
int _PyArg_VaParseTupleAndKeywords_SizeT(PyObject *o, PyObject *v, const char *w, void *x, void *y);
int _PyArg_VaParse_SizeT(PyObject *o, const char *v, void *w);
int PyArg_ValidateKeywordArguments(PyObject *o);

/* ---- PyAsyncGen ------------------------------------------------------------------------------------------ */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyAsyncGen_New(PyObject *o, PyObject *name, PyObject *qualname);

/* ---- PyBool ---------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyBool_FromLong(long v);

/* ---- PyBuffer -------------------------------------------------------------------------------------------- */
void PyBuffer_FillContiguousStrides(int ndims, void *shape, void *strides, int itemsize, char fort);
int PyBuffer_FillInfo(void *view, PyObject *o, void *buf, Py_ssize_t len, int readonly, int flags);
int PyBuffer_FromContiguous(const void *view, const void *buf, Py_ssize_t len, char order);
void *PyBuffer_GetPointer(const void *view, const void *indices);
int PyBuffer_IsContiguous(const void *view, char fort);
void PyBuffer_Release(void *view);
Py_ssize_t PyBuffer_SizeFromFormat(const char *format);
int PyBuffer_ToContiguous(void *buf, const void *view, Py_ssize_t len, char order);

/* ---- PyByteArray ----------------------------------------------------------------------------------------- */
RC_RETURNS_BORROWED_FROM(op) char *PyByteArray_AS_STRING(RC_NONNULL PyObject *op);
RC_RETURNS_BORROWED_FROM(bytearray) RC_NULLABLE RC_RAISES char *PyByteArray_AsString(PyObject *bytearray);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyByteArray_Concat(PyObject *a, PyObject *b);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyByteArray_FromObject(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyByteArray_FromStringAndSize(const char *string, Py_ssize_t len);
Py_ssize_t PyByteArray_GET_SIZE(RC_NONNULL PyObject *op);
RC_RAISES int PyByteArray_Resize(PyObject *bytearray, Py_ssize_t len);
RC_RAISES Py_ssize_t PyByteArray_Size(PyObject *bytearray);

/* ---- PyBytes --------------------------------------------------------------------------------------------- */
RC_RETURNS_BORROWED_FROM(op) RC_NO_EFFECT char *PyBytes_AS_STRING(RC_NONNULL PyObject *op);
RC_RETURNS_BORROWED_FROM(o) RC_NULLABLE RC_RAISES RC_NO_EFFECT char *PyBytes_AsString(PyObject *o);
RC_RAISES int PyBytes_AsStringAndSize(PyObject *obj, void *s, void *len);
void PyBytes_Concat(RC_STEALS RC_OUT PyObject **bytes, PyObject *newpart);
void PyBytes_ConcatAndDel(RC_STEALS RC_OUT PyObject **bytes, RC_RELEASES PyObject *newpart);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyBytes_DecodeEscape(const char *a, Py_ssize_t v, const char *w,
    Py_ssize_t x, const char *y);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyBytes_DecodeEscape(const char *a, Py_ssize_t v, const char *w,
    const void *x);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyBytes_FormatEx(const char *format, Py_ssize_t format_len, PyObject
    *args, int use_bytearray);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_FORMAT(message, 1) PyObject *PyBytes_FromFormat(const char *format, ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyBytes_FromFormatV(const char *format, void *vargs);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyBytes_FromHex(PyObject *string, int use_bytearray);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyBytes_FromObject(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyBytes_FromString(const char *v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyBytes_FromStringAndSize(const char *v, Py_ssize_t len);
RC_NO_EFFECT Py_ssize_t PyBytes_GET_SIZE(RC_NONNULL PyObject *op);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyBytes_Join(PyObject *sep, PyObject *x);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyBytes_Repr(PyObject *o, int v);
RC_RAISES int _PyBytes_Resize(RC_STEALS RC_OUT PyObject **bytes, Py_ssize_t newsize);
RC_NO_EFFECT Py_ssize_t PyBytes_Size(PyObject *o);

/* ---- PyBytesWriter --------------------------------------------------------------------------------------- */
void *_PyBytesWriter_Alloc(void *writer, Py_ssize_t size);
void _PyBytesWriter_Dealloc(void *writer);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyBytesWriter_Finish(void *writer, void *str);
void _PyBytesWriter_Init(void *writer);
void *_PyBytesWriter_Prepare(void *writer, void *str, Py_ssize_t size);
void *_PyBytesWriter_Resize(void *writer, void *str, Py_ssize_t size);
void *_PyBytesWriter_WriteBytes(void *writer, void *str, const void *bytes, Py_ssize_t size);

/* ---- PyCFunction ----------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCFunction_Call(PyObject *o, PyObject *v, PyObject *w);
RC_RETURNS_BORROWED PyObject *PyCFunction_GET_CLASS(PyObject *func_obj);
int PyCFunction_GET_FLAGS(PyObject *func);
void *PyCFunction_GET_FUNCTION(PyObject *func);
RC_RETURNS_BORROWED_FROM(func_obj) PyObject *PyCFunction_GET_SELF(PyObject *func_obj);
int PyCFunction_GetFlags(PyObject *o);
void *PyCFunction_GetFunction(PyObject *o);
RC_RETURNS_BORROWED_FROM(o) PyObject *PyCFunction_GetSelf(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCFunction_New(void *a, RC_KEEPS PyObject *v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCFunction_NewEx(void *a, RC_KEEPS PyObject *v, RC_KEEPS PyObject *w);

/* ---- PyCMethod ------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCMethod_New(void *a, PyObject *v, PyObject *w, PyObject *x);

/* ---- PyCallIter ------------------------------------------------------------------------------------------ */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCallIter_New(RC_KEEPS PyObject *callable, RC_KEEPS PyObject
    *sentinel);

/* ---- PyCallable ------------------------------------------------------------------------------------------ */
RC_NO_EFFECT int PyCallable_Check(RC_NONNULL PyObject *o);

/* ---- PyCapsule ------------------------------------------------------------------------------------------- */
void *PyCapsule_GetContext(PyObject *capsule);
void *PyCapsule_GetDestructor(PyObject *capsule);
const char *PyCapsule_GetName(PyObject *capsule);
void *PyCapsule_GetPointer(PyObject *capsule, const char *name);
void *PyCapsule_Import(const char *name, int no_block);
RC_NO_EFFECT int PyCapsule_IsValid(PyObject *capsule, const char *name);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCapsule_New(void *pointer, const char *name, void *destructor);
RC_RAISES int PyCapsule_SetContext(PyObject *capsule, void *context);
RC_RAISES int PyCapsule_SetDestructor(PyObject *capsule, void *destructor);
RC_RAISES int PyCapsule_SetName(PyObject *capsule, const char *name);
RC_RAISES int PyCapsule_SetPointer(PyObject *capsule, void *pointer);

/* ---- PyCell ---------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE PyObject *PyCell_Get(PyObject *cell);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCell_New(RC_KEEPS PyObject *ob);
RC_RAISES int PyCell_Set(PyObject *cell, RC_KEEPS PyObject *value);

/* ---- PyClassMethod --------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyClassMethod_New(RC_KEEPS PyObject *o);

/* ---- PyCode ---------------------------------------------------------------------------------------------- */
RC_RAISES int PyCode_Addr2Line(PyObject *o, int v);
RC_RAISES int PyCode_Addr2Location(PyObject *o, int v, void *w, void *x, void *y, void *z);
int _PyCode_CheckLineNumber(int lasti, void *bounds);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyCode_ConstantKey(PyObject *obj);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCode_GetCellvars(PyObject *code);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCode_GetCode(PyObject *code);
int _PyCode_GetExtra(PyObject *code, Py_ssize_t index, void *extra);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCode_GetFreevars(PyObject *code);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCode_GetVarnames(PyObject *code);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCode_New(int argcount, int kwonlyargcount, int nlocals, int
    stacksize, int flags, PyObject *code, PyObject *consts, PyObject *names, PyObject *varnames, PyObject *freevars,
    PyObject *cellvars, PyObject *filename, PyObject *name, PyObject *firstlineno, int lnotab, PyObject *d, PyObject
    *d2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCode_NewEmpty(const char *filename, const char *funcname, int
    firstlineno);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCode_NewWithPosOnlyArgs(int argcount, int posonlyargcount, int
    kwonlyargcount, int nlocals, int stacksize, int flags, PyObject *code, PyObject *consts, PyObject *names,
    PyObject *varnames, PyObject *freevars, PyObject *cellvars, PyObject *filename, PyObject *name, PyObject
    *firstlineno, int lnotab, PyObject *d, PyObject *d2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCode_Optimize(PyObject *code, PyObject *consts, PyObject *names,
    PyObject *lnotab);
RC_RAISES int _PyCode_SetExtra(PyObject *code, Py_ssize_t index, void *extra);

/* ---- PyCodec --------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyCodec_BackslashReplaceErrors(PyObject *exc);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyCodec_Decode(PyObject *object, const char *encoding,
    const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *_PyCodec_DecodeText(PyObject *object, const char
    *encoding, const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyCodec_Decoder(const char *encoding);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyCodec_Encode(PyObject *object, const char *encoding,
    const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *_PyCodec_EncodeText(PyObject *object, const char
    *encoding, const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyCodec_Encoder(const char *encoding);
RC_CALLS_OUT int _PyCodec_Forget(const char *encoding);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyCodec_IgnoreErrors(PyObject *exc);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyCodec_IncrementalDecoder(const char *encoding, const
    char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyCodec_IncrementalEncoder(const char *encoding, const
    char *errors);
RC_CALLS_OUT int PyCodec_KnownEncoding(const char *encoding);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *_PyCodec_Lookup(const char *encoding);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyCodec_LookupError(const char *name);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *_PyCodec_LookupTextEncoding(const char *encoding, const
    char *alternate_command);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyCodec_NameReplaceErrors(PyObject *exc);
RC_RAISES RC_CALLS_OUT int PyCodec_Register(RC_KEEPS PyObject *search_function);
RC_RAISES RC_CALLS_OUT int PyCodec_RegisterError(const char *name, RC_KEEPS PyObject *error);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyCodec_ReplaceErrors(PyObject *exc);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyCodec_StreamReader(const char *encoding, PyObject
    *stream, const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyCodec_StreamWriter(const char *encoding, PyObject
    *stream, const char *errors);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES RC_FAILS(1) RC_CALLS_OUT PyObject *PyCodec_StrictErrors(PyObject *exc);
RC_CALLS_OUT int PyCodec_Unregister(PyObject *search_function);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyCodec_XMLCharRefReplaceErrors(PyObject *exc);

/* ---- PyCodecInfo ----------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyCodecInfo_GetIncrementalDecoder(PyObject *codec_info, const char
    *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyCodecInfo_GetIncrementalEncoder(PyObject *codec_info, const char
    *errors);

/* ---- PyCompile ------------------------------------------------------------------------------------------- */
int PyCompile_OpcodeStackEffect(int opcode, int oparg);
int PyCompile_OpcodeStackEffectWithJump(int opcode, int oparg, int jump);

/* ---- PyComplex ------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyComplex_FromDoubles(double real, double imag);
RC_RAISES double PyComplex_ImagAsDouble(PyObject *op);
RC_RAISES double PyComplex_RealAsDouble(PyObject *op);

/* ---- PyConfig -------------------------------------------------------------------------------------------- */
void PyConfig_Clear(void *a);
void PyConfig_InitIsolatedConfig(void *config);
void PyConfig_InitPythonConfig(void *config);

/* ---- PyContext ------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyContext_Copy(PyObject *ctx);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyContext_CopyCurrent(void);
int PyContext_Enter(RC_KEEPS PyObject *ctx);
int PyContext_Exit(PyObject *ctx);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyContext_New(void);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyContext_NewHamtForTests(void);

/* ---- PyContextVar ---------------------------------------------------------------------------------------- */
int PyContextVar_Get(PyObject *var, PyObject *default_value, RC_OUT RC_NULLABLE PyObject **value);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyContextVar_New(const char *name, RC_KEEPS PyObject *default_value);
int PyContextVar_Reset(PyObject *var, PyObject *token);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyContextVar_Set(PyObject *var, RC_KEEPS PyObject *value);

/* ---- PyCoro ---------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyCoro_New(PyObject *frame, PyObject *name, PyObject *qualname);

/* ---- PyCrossInterpreterData ------------------------------------------------------------------------------ */
void *_PyCrossInterpreterData_Lookup(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyCrossInterpreterData_NewObject(void *a);
RC_RAISES int _PyCrossInterpreterData_RegisterClass(PyObject *o, void *v);
void _PyCrossInterpreterData_Release(void *a);

/* ---- PyDeadline ------------------------------------------------------------------------------------------ */
long long _PyDeadline_Get(long long deadline);
RC_RAISES long long _PyDeadline_Init(long long timeout);

/* ---- PyDebugAllocatorStats ------------------------------------------------------------------------------- */
void _PyDebugAllocatorStats(void *out, const char *block_name, int num_blocks, size_t sizeof_block);

/* ---- PyDescr --------------------------------------------------------------------------------------------- */
int PyDescr_IsData(PyObject *descr);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyDescr_NewClassMethod(RC_KEEPS PyObject *type, void *method);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyDescr_NewGetSet(RC_KEEPS PyObject *type, void *getset);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyDescr_NewMember(RC_KEEPS PyObject *type, void *member);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyDescr_NewMethod(RC_KEEPS PyObject *type, void *meth);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyDescr_NewWrapper(RC_KEEPS PyObject *type, void *base, void *wrapped);

/* ---- PyDict ---------------------------------------------------------------------------------------------- */
RC_CALLS_OUT void PyDict_Clear(PyObject *mp);
RC_RAISES RC_CALLS_OUT int PyDict_Contains(PyObject *mp, PyObject *key);
RC_RAISES RC_CALLS_OUT int _PyDict_ContainsId(PyObject *o, void *v);
RC_RAISES RC_CALLS_OUT int _PyDict_Contains_KnownHash(PyObject *o, PyObject *v, Py_ssize_t w);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyDict_Copy(RC_KEEPS PyObject *mp);
void _PyDict_DebugMallocStats(void *out);
RC_RAISES RC_CALLS_OUT int PyDict_DelItem(PyObject *mp, PyObject *key);
RC_RAISES RC_CALLS_OUT int _PyDict_DelItemId(PyObject *mp, void *key);
RC_RAISES RC_CALLS_OUT int _PyDict_DelItemIf(PyObject *mp, PyObject *key, void *predicate);
RC_RAISES RC_CALLS_OUT int PyDict_DelItemString(PyObject *dp, const char *key);
RC_RAISES RC_CALLS_OUT int _PyDict_DelItem_KnownHash(PyObject *mp, PyObject *key, Py_ssize_t hash);
RC_RETURNS_BORROWED_FROM(mp) RC_NULLABLE PyObject *PyDict_GetItem(PyObject *mp, PyObject *key);
RC_RETURNS_BORROWED_FROM(dp) RC_NULLABLE PyObject *_PyDict_GetItemIdWithError(PyObject *dp, void *key);
RC_RETURNS_BORROWED_FROM(dp) RC_NULLABLE PyObject *PyDict_GetItemString(PyObject *dp, const char *key);
RC_RETURNS_BORROWED_FROM(o) RC_NULLABLE PyObject *_PyDict_GetItemStringWithError(PyObject *o, const char *v);
RC_RETURNS_BORROWED_FROM(dp) RC_NULLABLE PyObject *_PyDict_GetItemWithError(PyObject *dp, PyObject *key);
RC_RETURNS_BORROWED_FROM(mp) RC_NULLABLE PyObject *PyDict_GetItemWithError(PyObject *mp, PyObject *key);
RC_RETURNS_BORROWED_FROM(mp) RC_NULLABLE PyObject *_PyDict_GetItem_KnownHash(PyObject *mp, PyObject *key, Py_ssize_t
    hash);
int _PyDict_HasOnlyStringKeys(PyObject *mp);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyDict_Items(PyObject *mp);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyDict_Keys(PyObject *mp);
void _PyDict_MaybeUntrack(PyObject *mp);
RC_RAISES RC_CALLS_OUT int PyDict_Merge(PyObject *mp, RC_KEEPS PyObject *other, int override);
RC_RAISES RC_CALLS_OUT int _PyDict_MergeEx(PyObject *mp, PyObject *other, int override);
RC_RAISES RC_CALLS_OUT int PyDict_MergeFromSeq2(PyObject *d, PyObject *seq2, int override);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyDict_New(void);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyDict_NewPresized(Py_ssize_t minused);
int PyDict_Next(PyObject *mp, void *pos, RC_OUT RC_BORROWED PyObject **key, RC_OUT RC_BORROWED PyObject **value);
int _PyDict_Next(PyObject *mp, void *pos, RC_OUT RC_BORROWED PyObject **key, RC_OUT RC_BORROWED PyObject **value,
    void *hash);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyDict_Pop(PyObject *o, PyObject *v, PyObject *w);
RC_RETURNS_BORROWED_FROM(mp) RC_NULLABLE RC_RAISES PyObject *PyDict_SetDefault(PyObject *mp, PyObject *key, RC_KEEPS
    PyObject *defaultobj);
RC_RAISES RC_CALLS_OUT int PyDict_SetItem(PyObject *mp, RC_NONNULL PyObject *key, RC_NONNULL PyObject *item);
RC_RAISES RC_CALLS_OUT int _PyDict_SetItemId(PyObject *dp, void *key, PyObject *item);
RC_RAISES RC_CALLS_OUT int PyDict_SetItemString(PyObject *dp, const char *key, RC_NONNULL PyObject *item);
RC_RAISES RC_CALLS_OUT int _PyDict_SetItem_KnownHash(PyObject *mp, PyObject *key, PyObject *item, Py_ssize_t hash);
RC_RAISES Py_ssize_t PyDict_Size(PyObject *mp);
Py_ssize_t _PyDict_SizeOf(PyObject *o);
RC_RAISES RC_CALLS_OUT int PyDict_Update(PyObject *mp, RC_KEEPS PyObject *other);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyDict_Values(PyObject *mp);

/* ---- PyDictProxy ----------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyDictProxy_New(RC_KEEPS PyObject *dict);

/* ---- PyDictView ------------------------------------------------------------------------------------------ */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyDictView_Intersect(PyObject *self, PyObject *other);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyDictView_New(PyObject *o, PyObject *v);

/* ---- PyErr ----------------------------------------------------------------------------------------------- */
int PyErr_BadArgument(void);
void PyErr_BadInternalCall(void);
void _PyErr_BadInternalCall(const char *filename, int lineno);
void _PyErr_ChainExceptions(PyObject *o, PyObject *v, PyObject *w);
RC_RAISES RC_CALLS_OUT int PyErr_CheckSignals(void);
RC_RAISES RC_CALLS_OUT int _PyErr_CheckSignals(void);
void PyErr_Clear(void);
void PyErr_Display(PyObject *o, PyObject *v, PyObject *w);
int PyErr_ExceptionMatches(PyObject *exc);
void PyErr_Fetch(RC_OUT RC_NULLABLE PyObject **ptype, RC_OUT RC_NULLABLE PyObject **pvalue, RC_OUT RC_NULLABLE
    PyObject **ptraceback);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES RC_FAILS(1) RC_FORMAT(message, 2) PyObject *PyErr_Format(RC_KEEPS PyObject
    *exception, const char *format, ...);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES RC_FAILS(1) RC_FORMAT(message, 2) PyObject
    *_PyErr_FormatFromCause(PyObject *exception, const char *format, ...);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES RC_FAILS(1) PyObject *PyErr_FormatV(RC_KEEPS PyObject *exception, const
    char *format, void *vargs);
void PyErr_GetExcInfo(RC_OUT RC_NULLABLE PyObject **ptype, RC_OUT RC_NULLABLE PyObject **pvalue, RC_OUT RC_NULLABLE
    PyObject **ptraceback);
void _PyErr_GetExcInfo(void *a, RC_OUT RC_NULLABLE PyObject **v, RC_OUT RC_NULLABLE PyObject **w, RC_OUT RC_NULLABLE
    PyObject **x);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *_PyErr_GetHandledException(void *a);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyErr_GetHandledException(void);
void *_PyErr_GetTopmostException(void *tstate);
int PyErr_GivenExceptionMatches(PyObject *given, PyObject *exc);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyErr_NewException(const char *name, PyObject *base, PyObject *dict);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyErr_NewExceptionWithDoc(const char *name, const char *doc, PyObject
    *base, PyObject *dict);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES RC_FAILS(1) PyObject *PyErr_NoMemory(void);
void PyErr_NormalizeException(RC_STEALS RC_OUT PyObject **exc, RC_STEALS RC_OUT PyObject **val, RC_STEALS RC_OUT
    PyObject **tb);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *PyErr_Occurred(void);
RC_CALLS_OUT void PyErr_Print(void);
RC_CALLS_OUT void PyErr_PrintEx(int set_sys_last_vars);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyErr_ProgramDecodedTextObject(PyObject *filename, int lineno, const
    char *encoding);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyErr_ProgramText(const char *filename, int lineno);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyErr_ProgramTextObject(PyObject *filename, int lineno);
void PyErr_RangedSyntaxLocationObject(PyObject *filename, int lineno, int col_offset, int end_lineno, int
    end_col_offset);
RC_RAISES int PyErr_ResourceWarning(PyObject *source, Py_ssize_t stack_level, const char *format, ...);
void PyErr_Restore(RC_STEALS PyObject *type, RC_STEALS PyObject *value, RC_STEALS PyObject *traceback);
void PyErr_SetExcInfo(RC_STEALS PyObject *type, RC_STEALS PyObject *value, RC_STEALS PyObject *traceback);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES RC_FAILS(1) PyObject *PyErr_SetFromErrno(RC_KEEPS PyObject *type);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES RC_FAILS(1) PyObject *PyErr_SetFromErrnoWithFilename(RC_KEEPS PyObject
    *exc, const char *filename);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES RC_FAILS(1) PyObject *PyErr_SetFromErrnoWithFilenameObject(RC_KEEPS
    PyObject *type, RC_KEEPS PyObject *filenameObject);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES RC_FAILS(1) PyObject *PyErr_SetFromErrnoWithFilenameObjects(RC_KEEPS
    PyObject *type, RC_KEEPS PyObject *filenameObject, RC_KEEPS PyObject *filenameObject2);
void PyErr_SetHandledException(PyObject *o);
void _PyErr_SetHandledException(void *a, PyObject *v);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES RC_FAILS(1) PyObject *PyErr_SetImportError(RC_KEEPS PyObject *msg,
    RC_KEEPS PyObject *name, RC_KEEPS PyObject *path);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES RC_FAILS(1) PyObject *PyErr_SetImportErrorSubclass(RC_KEEPS PyObject *msg,
    RC_KEEPS PyObject *name, RC_KEEPS PyObject *path, PyObject *x);
void PyErr_SetInterrupt(void);
RC_RAISES int PyErr_SetInterruptEx(int signum);
void _PyErr_SetKeyError(PyObject *o);
void PyErr_SetNone(RC_KEEPS PyObject *type);
void PyErr_SetObject(RC_KEEPS PyObject *type, RC_KEEPS PyObject *value);
void PyErr_SetString(RC_KEEPS PyObject *exception, const char *string);
void PyErr_SyntaxLocation(const char *filename, int lineno);
void PyErr_SyntaxLocationEx(const char *filename, int lineno, int col_offset);
void PyErr_SyntaxLocationObject(RC_KEEPS PyObject *filename, int lineno, int col_offset);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyErr_TrySetFromCause(const char *prefix_format, ...);
RC_RAISES RC_CALLS_OUT int PyErr_WarnEx(PyObject *category, const char *message, Py_ssize_t stack_level);
RC_RAISES RC_CALLS_OUT int PyErr_WarnExplicit(PyObject *category, const char *message, const char *filename, int
    lineno, const char *module, PyObject *registry);
RC_RAISES RC_CALLS_OUT int PyErr_WarnExplicitFormat(PyObject *category, const char *filename, int lineno, const char
    *module, PyObject *registry, const char *format, ...);
RC_RAISES RC_CALLS_OUT int PyErr_WarnExplicitObject(PyObject *category, PyObject *message, PyObject *filename, int
    lineno, PyObject *module, PyObject *registry);
RC_RAISES RC_FORMAT(message, 3) RC_CALLS_OUT int PyErr_WarnFormat(PyObject *category, Py_ssize_t stack_level, const
    char *format, ...);
RC_CALLS_OUT void PyErr_WriteUnraisable(PyObject *obj);
RC_CALLS_OUT void _PyErr_WriteUnraisableMsg(const char *err_msg, PyObject *obj);

/* ---- PyEval ---------------------------------------------------------------------------------------------- */
void PyEval_AcquireLock(void);
void PyEval_AcquireThread(void *tstate);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_FORMAT(build, 2) RC_CALLS_OUT PyObject *PyEval_CallFunction(PyObject
    *callable, const char *format, ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_FORMAT(build, 3) RC_CALLS_OUT PyObject *PyEval_CallMethod(PyObject *obj,
    const char *name, const char *format, ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyEval_CallObjectWithKeywords(PyObject *callable,
    PyObject *args, PyObject *kwargs);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyEval_EvalCode(PyObject *co, PyObject *globals,
    PyObject *locals);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyEval_EvalCodeEx(PyObject *co, PyObject *globals,
    PyObject *locals, PyObject *const *args, int argc, PyObject *const *kwds, int kwdc, PyObject *const *defs, int
    defc, PyObject *kwdefs, PyObject *closure);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyEval_EvalFrame(PyObject *f);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *_PyEval_EvalFrameDefault(void *tstate, void *f, int exc);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyEval_EvalFrameEx(PyObject *f, int exc);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyEval_GetBuiltin(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyEval_GetBuiltinId(void *a);
RC_RETURNS_BORROWED PyObject *PyEval_GetBuiltins(void);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *PyEval_GetFrame(void);
const char *PyEval_GetFuncDesc(PyObject *func);
const char *PyEval_GetFuncName(PyObject *func);
RC_RETURNS_BORROWED PyObject *PyEval_GetGlobals(void);
RC_RETURNS_BORROWED PyObject *PyEval_GetLocals(void);
unsigned long _PyEval_GetSwitchInterval(void);
void PyEval_InitThreads(void);
RC_RAISES int PyEval_MergeCompilerFlags(void *cf);
void PyEval_ReleaseLock(void);
void PyEval_ReleaseThread(void *tstate);
RC_RAISES Py_ssize_t _PyEval_RequestCodeExtraIndex(void *a);
void PyEval_RestoreThread(void *tstate);
void *PyEval_SaveThread(void);
RC_RAISES int _PyEval_SetProfile(void *tstate, void *func, PyObject *arg);
void PyEval_SetProfile(void *func, RC_KEEPS PyObject *obj);
void _PyEval_SetSwitchInterval(unsigned long microseconds);
RC_RAISES int _PyEval_SetTrace(void *tstate, void *func, PyObject *arg);
void PyEval_SetTrace(void *func, RC_KEEPS PyObject *obj);
RC_RAISES int _PyEval_SliceIndex(PyObject *o, void *v);
int _PyEval_SliceIndexNotNone(PyObject *o, void *v);
RC_RAISES int PyEval_ThreadsInitialized(void);

/* ---- PyException ----------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE PyObject *PyException_GetCause(PyObject *ex);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyException_GetContext(PyObject *ex);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyException_GetTraceback(PyObject *ex);
void PyException_SetCause(PyObject *ex, RC_STEALS PyObject *cause);
void PyException_SetContext(PyObject *ex, RC_STEALS PyObject *ctx);
RC_RAISES int PyException_SetTraceback(PyObject *ex, RC_KEEPS PyObject *tb);

/* ---- PyExceptionClass ------------------------------------------------------------------------------------ */
const char *PyExceptionClass_Name(PyObject *o);

/* ---- PyFile ---------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyFile_FromFd(int fd, const char *name, const char
    *mode, int buffering, const char *encoding, const char *errors, const char *newline, int closefd);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyFile_GetLine(PyObject *p, int n);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyFile_NewStdPrinter(int a);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyFile_OpenCode(const char *utf8path);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyFile_OpenCodeObject(PyObject *path);
RC_CALLS_OUT int PyFile_WriteObject(PyObject *obj, PyObject *p, int flags);
RC_CALLS_OUT int PyFile_WriteString(const char *s, PyObject *p);

/* ---- PyFloat --------------------------------------------------------------------------------------------- */
RC_NO_EFFECT double PyFloat_AsDouble(PyObject *pyfloat);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyFloat_FromDouble(double v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyFloat_FromString(PyObject *str);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyFloat_GetInfo(void);
double PyFloat_GetMax(void);
double PyFloat_GetMin(void);
int PyFloat_Pack2(double x, char *p, int le);
int PyFloat_Pack4(double x, char *p, int le);
int PyFloat_Pack8(double x, char *p, int le);
double PyFloat_Unpack2(const char *p, int le);
double PyFloat_Unpack4(const char *p, int le);
double PyFloat_Unpack8(const char *p, int le);

/* ---- PyFrame --------------------------------------------------------------------------------------------- */
void PyFrame_FastToLocals(PyObject *o);
int PyFrame_FastToLocalsWithError(PyObject *f);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyFrame_GetBack(PyObject *frame);
RC_RETURNS_NEW PyObject *PyFrame_GetBuiltins(PyObject *frame);
RC_RETURNS_NEW PyObject *PyFrame_GetCode(PyObject *frame);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyFrame_GetGenerator(PyObject *frame);
RC_RETURNS_NEW PyObject *PyFrame_GetGlobals(PyObject *frame);
int PyFrame_GetLasti(PyObject *frame);
int PyFrame_GetLineNumber(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyFrame_GetLocals(PyObject *frame);
int _PyFrame_IsEntryFrame(PyObject *frame);
void PyFrame_LocalsToFast(PyObject *o, int v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyFrame_New(void *a, PyObject *v, PyObject *w, PyObject *x);

/* ---- PyFrozenSet ----------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyFrozenSet_New(PyObject *iterable);

/* ---- PyFunction ------------------------------------------------------------------------------------------ */
RC_RETURNS_BORROWED_FROM(op) RC_NULLABLE PyObject *PyFunction_GetAnnotations(PyObject *op);
RC_RETURNS_BORROWED_FROM(op) RC_NULLABLE PyObject *PyFunction_GetClosure(PyObject *op);
RC_RETURNS_BORROWED_FROM(op) PyObject *PyFunction_GetCode(PyObject *op);
RC_RETURNS_BORROWED_FROM(op) RC_NULLABLE PyObject *PyFunction_GetDefaults(PyObject *op);
RC_RETURNS_BORROWED_FROM(op) PyObject *PyFunction_GetGlobals(PyObject *op);
RC_RETURNS_BORROWED_FROM(o) RC_NULLABLE PyObject *PyFunction_GetKwDefaults(PyObject *o);
RC_RETURNS_BORROWED_FROM(op) RC_NULLABLE PyObject *PyFunction_GetModule(PyObject *op);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyFunction_New(RC_KEEPS PyObject *code, RC_KEEPS PyObject *globals);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyFunction_NewWithQualName(RC_KEEPS PyObject *code, RC_KEEPS PyObject
    *globals, RC_KEEPS PyObject *qualname);
RC_RAISES int PyFunction_SetAnnotations(PyObject *op, RC_KEEPS PyObject *annotations);
RC_RAISES int PyFunction_SetClosure(PyObject *op, RC_KEEPS PyObject *closure);
RC_RAISES int PyFunction_SetDefaults(PyObject *op, RC_KEEPS PyObject *defaults);
RC_RAISES int PyFunction_SetKwDefaults(PyObject *o, PyObject *v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyFunction_Vectorcall(PyObject *func, PyObject *const *stack, size_t
    nargsf, PyObject *kwnames);

/* ---- PyGC ------------------------------------------------------------------------------------------------ */
RC_CALLS_OUT Py_ssize_t PyGC_Collect(void);
int PyGC_Disable(void);
int PyGC_Enable(void);
int PyGC_IsEnabled(void);

/* ---- PyGILState ------------------------------------------------------------------------------------------ */
RC_NO_EFFECT int PyGILState_Check(void);
int PyGILState_Ensure(void);
void *_PyGILState_GetInterpreterStateUnsafe(void);
void *PyGILState_GetThisThreadState(void);
void PyGILState_Release(int a);

/* ---- PyGen ----------------------------------------------------------------------------------------------- */
int _PyGen_FetchStopIterationValue(RC_OUT RC_NULLABLE PyObject **a);
void _PyGen_Finalize(PyObject *self);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyGen_New(PyObject *frame);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyGen_NewWithQualName(PyObject *frame, PyObject *name, PyObject
    *qualname);
RC_RAISES int _PyGen_SetStopIterationValue(PyObject *o);

/* ---- PyHash ---------------------------------------------------------------------------------------------- */
void *PyHash_GetFuncDef(void);

/* ---- PyImport -------------------------------------------------------------------------------------------- */
void _PyImport_AcquireLock(void);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *PyImport_AddModule(const char *name);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *PyImport_AddModuleObject(PyObject *name);
RC_RAISES int PyImport_AppendInittab(const char *name, void *initfunc);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyImport_ExecCodeModule(const char *name, PyObject *co);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyImport_ExecCodeModuleEx(const char *name, PyObject
    *co, const char *pathname);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyImport_ExecCodeModuleObject(PyObject *name, PyObject
    *co, PyObject *pathname, PyObject *cpathname);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyImport_ExecCodeModuleWithPathnames(const char *name,
    PyObject *co, const char *pathname, const char *cpathname);
RC_RAISES int PyImport_ExtendInittab(void *newtab);
RC_RAISES int _PyImport_FixupBuiltin(PyObject *mod, const char *name, PyObject *modules);
RC_RAISES int _PyImport_FixupExtensionObject(PyObject *o, PyObject *v, PyObject *w, PyObject *x);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyImport_GetImporter(PyObject *path);
RC_RAISES long PyImport_GetMagicNumber(void);
const char *PyImport_GetMagicTag(void);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyImport_GetModule(PyObject *name);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyImport_GetModuleAttr(PyObject *o, PyObject *v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyImport_GetModuleAttrString(const char *a, const char *v);
RC_RETURNS_BORROWED PyObject *PyImport_GetModuleDict(void);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyImport_GetModuleId(void *name);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyImport_Import(PyObject *name);
RC_RAISES RC_CALLS_OUT int PyImport_ImportFrozenModule(const char *name);
RC_RAISES RC_CALLS_OUT int PyImport_ImportFrozenModuleObject(RC_KEEPS PyObject *name);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyImport_ImportModule(const char *name);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyImport_ImportModuleLevel(const char *name, PyObject
    *globals, PyObject *locals, PyObject *fromlist, int level);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyImport_ImportModuleLevelObject(PyObject *name,
    PyObject *globals, PyObject *locals, PyObject *fromlist, int level);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyImport_ImportModuleNoBlock(const char *name);
RC_RAISES int _PyImport_IsInitialized(void *a);
RC_RAISES int _PyImport_ReleaseLock(void);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyImport_ReloadModule(PyObject *m);
RC_RAISES int _PyImport_SetModule(PyObject *name, PyObject *module);
RC_RAISES int _PyImport_SetModuleString(const char *name, PyObject *module);

/* ---- PyIndex --------------------------------------------------------------------------------------------- */
RC_NO_EFFECT int PyIndex_Check(RC_NONNULL PyObject *o);

/* ---- PyInstanceMethod ------------------------------------------------------------------------------------ */
RC_RETURNS_BORROWED_FROM(im) PyObject *PyInstanceMethod_Function(PyObject *im);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyInstanceMethod_New(PyObject *func);

/* ---- PyInterpreterState ---------------------------------------------------------------------------------- */
void PyInterpreterState_Clear(void *interp);
void PyInterpreterState_Delete(void *interp);
void *PyInterpreterState_Get(void);
const void *_PyInterpreterState_GetConfig(void *interp);
int _PyInterpreterState_GetConfigCopy(void *config);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *PyInterpreterState_GetDict(void *a);
long long PyInterpreterState_GetID(void *interp);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *_PyInterpreterState_GetMainModule(void *a);
void *PyInterpreterState_Head(void);
void *PyInterpreterState_Main(void);
void *PyInterpreterState_New(void);
void *PyInterpreterState_Next(void *a);
void _PyInterpreterState_RequireIDRef(void *a, int v);
int _PyInterpreterState_RequiresIDRef(void *a);
RC_RAISES int _PyInterpreterState_SetConfig(const void *config);
void *PyInterpreterState_ThreadHead(void *a);

/* ---- PyIter ---------------------------------------------------------------------------------------------- */
RC_NO_EFFECT int PyIter_Check(RC_NONNULL PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_CALLS_OUT PyObject *PyIter_Next(RC_NONNULL PyObject *o);
RC_CALLS_OUT int PyIter_Send(PyObject *iter, PyObject *arg, RC_OUT RC_NULLABLE PyObject **presult);

/* ---- PyList ---------------------------------------------------------------------------------------------- */
RC_RAISES int PyList_Append(PyObject *list, RC_KEEPS PyObject *item);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyList_AsTuple(RC_KEEPS PyObject *list);
void _PyList_DebugMallocStats(void *out);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyList_Extend(PyObject *o, PyObject *v);
Py_ssize_t PyList_GET_SIZE(RC_NONNULL PyObject *op);
RC_RETURNS_BORROWED_FROM(list) RC_NULLABLE RC_RAISES PyObject *PyList_GetItem(PyObject *list, Py_ssize_t index);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyList_GetSlice(PyObject *list, Py_ssize_t low, Py_ssize_t high);
RC_RAISES int PyList_Insert(PyObject *list, Py_ssize_t index, RC_KEEPS PyObject *item);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyList_New(Py_ssize_t size);
RC_RAISES int PyList_Reverse(PyObject *list);
void PyList_SET_ITEM(RC_NONNULL PyObject *op, Py_ssize_t index, RC_STEALS PyObject *value);
RC_RAISES RC_CALLS_OUT int PyList_SetItem(PyObject *list, Py_ssize_t index, RC_STEALS PyObject *item);
RC_RAISES RC_CALLS_OUT int PyList_SetSlice(PyObject *list, Py_ssize_t low, Py_ssize_t high, PyObject *itemlist);
RC_RAISES Py_ssize_t PyList_Size(PyObject *list);
RC_RAISES RC_CALLS_OUT int PyList_Sort(PyObject *list);

/* ---- PyLong ---------------------------------------------------------------------------------------------- */
int _PyLong_AsByteArray(PyObject *v, void *bytes, size_t n, int little_endian, int is_signed);
RC_RAISES double PyLong_AsDouble(PyObject *pylong);
RC_RAISES int _PyLong_AsInt(PyObject *o);
RC_RAISES long PyLong_AsLong(PyObject *pylong);
RC_RAISES long PyLong_AsLongAndOverflow(PyObject *obj, void *overflow);
RC_RAISES long long PyLong_AsLongLong(PyObject *obj);
RC_RAISES long long PyLong_AsLongLongAndOverflow(PyObject *obj, void *overflow);
size_t PyLong_AsSize_t(PyObject *pylong);
RC_RAISES Py_ssize_t PyLong_AsSsize_t(PyObject *pylong);
long long _PyLong_AsTime_t(PyObject *obj);
unsigned long PyLong_AsUnsignedLong(PyObject *pylong);
unsigned long long PyLong_AsUnsignedLongLong(PyObject *pylong);
unsigned long long PyLong_AsUnsignedLongLongMask(PyObject *obj);
unsigned long PyLong_AsUnsignedLongMask(PyObject *obj);
void *PyLong_AsVoidPtr(PyObject *pylong);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyLong_Copy(PyObject *src);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyLong_DivmodNear(PyObject *o, PyObject *v);
RC_RAISES int _PyLong_FileDescriptor_Converter(PyObject *o, void *v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyLong_Format(PyObject *obj, int base);
double _PyLong_Frexp(PyObject *a, void *e);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyLong_FromByteArray(const void *bytes, size_t n, int little_endian,
    int is_signed);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyLong_FromBytes(const char *a, Py_ssize_t v, int w);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_FromDouble(double v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_FromLong(long v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_FromLongLong(long long v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_FromSize_t(size_t v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_FromSsize_t(Py_ssize_t v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_FromString(const char *str, void *pend, int base);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyLong_FromTime_t(long long sec);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_FromUnicodeObject(PyObject *u, int base);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_FromUnsignedLong(unsigned long v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_FromUnsignedLongLong(unsigned long long v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_FromVoidPtr(void *p);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyLong_GCD(PyObject *o, PyObject *v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_GetInfo(void);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyLong_Lshift(PyObject *o, size_t v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyLong_New(Py_ssize_t a);
size_t _PyLong_NumBits(PyObject *v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyLong_Rshift(PyObject *o, size_t v);
int _PyLong_Sign(PyObject *v);
RC_RAISES int _PyLong_Size_t_Converter(PyObject *o, void *v);
RC_RAISES int _PyLong_UnsignedInt_Converter(PyObject *o, void *v);
RC_RAISES int _PyLong_UnsignedLongLong_Converter(PyObject *o, void *v);
RC_RAISES int _PyLong_UnsignedLong_Converter(PyObject *o, void *v);
RC_RAISES int _PyLong_UnsignedShort_Converter(PyObject *o, void *v);

/* ---- PyMapping ------------------------------------------------------------------------------------------- */
RC_NO_EFFECT int PyMapping_Check(RC_NONNULL PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyMapping_GetItemString(PyObject *o, const char *key);
RC_CALLS_OUT int PyMapping_HasKey(PyObject *o, PyObject *key);
RC_CALLS_OUT int PyMapping_HasKeyString(PyObject *o, const char *key);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyMapping_Items(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyMapping_Keys(PyObject *o);
RC_RAISES RC_CALLS_OUT Py_ssize_t PyMapping_Length(PyObject *o);
RC_RAISES RC_CALLS_OUT int PyMapping_SetItemString(PyObject *o, const char *key, RC_KEEPS PyObject *value);
RC_RAISES RC_CALLS_OUT Py_ssize_t PyMapping_Size(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyMapping_Values(PyObject *o);

/* ---- PyMarshal ------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyMarshal_ReadLastObjectFromFile(void *file);
long PyMarshal_ReadLongFromFile(void *a);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyMarshal_ReadObjectFromFile(void *file);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyMarshal_ReadObjectFromString(const char *string, Py_ssize_t len);
int PyMarshal_ReadShortFromFile(void *a);
void PyMarshal_WriteLongToFile(long a, void *v, int w);
void PyMarshal_WriteObjectToFile(PyObject *o, void *v, int w);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyMarshal_WriteObjectToString(PyObject *value, int version);

/* ---- PyMem ----------------------------------------------------------------------------------------------- */
void *PyMem_Calloc(size_t nelem, size_t elsize);
void PyMem_Free(void *ptr);
void PyMem_GetAllocator(int domain, void *allocator);
const char *_PyMem_GetCurrentAllocatorName(void);
void *PyMem_Malloc(size_t size);
void *PyMem_RawCalloc(size_t nelem, size_t elsize);
void PyMem_RawFree(void *ptr);
void *PyMem_RawMalloc(size_t size);
void *PyMem_RawRealloc(void *ptr, size_t new_size);
char *_PyMem_RawStrdup(const char *str);
void *_PyMem_RawWcsdup(const void *str);
void *PyMem_Realloc(void *ptr, size_t new_size);
void PyMem_SetAllocator(int domain, void *allocator);
void PyMem_SetupDebugHooks(void);
char *_PyMem_Strdup(const char *str);

/* ---- PyMember -------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyMember_GetOne(const char *a, void *v);
RC_RAISES int PyMember_SetOne(char *a, void *v, PyObject *w);

/* ---- PyMemoryView ---------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyMemoryView_FromBuffer(const void *info);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyMemoryView_FromMemory(char *mem, Py_ssize_t size, int flags);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyMemoryView_FromObject(RC_KEEPS PyObject *base);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyMemoryView_GetContiguous(PyObject *base, int buffertype, char order);

/* ---- PyMethod -------------------------------------------------------------------------------------------- */
RC_RETURNS_BORROWED_FROM(im) PyObject *PyMethod_Function(PyObject *im);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyMethod_New(RC_KEEPS PyObject *func, RC_KEEPS PyObject *self);
RC_RETURNS_BORROWED_FROM(im) PyObject *PyMethod_Self(PyObject *im);

/* ---- PyModule -------------------------------------------------------------------------------------------- */
RC_RAISES int PyModule_AddFunctions(PyObject *module, void *functions);
RC_RAISES int PyModule_AddIntConstant(PyObject *module, const char *name, long value);
RC_RAISES int PyModule_AddObject(PyObject *mod, const char *name, RC_STEALS_ON_SUCCESS PyObject *value);
RC_RAISES int PyModule_AddObjectRef(PyObject *mod, const char *name, RC_KEEPS PyObject *value);
RC_RAISES int PyModule_AddStringConstant(PyObject *module, const char *name, const char *value);
RC_RAISES int PyModule_AddType(PyObject *module, RC_KEEPS PyObject *type);
void _PyModule_Clear(PyObject *o);
void _PyModule_ClearDict(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyModule_Create2(void *def, int apiver);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyModule_CreateInitialized(void *a, int apiver);
RC_RAISES int PyModule_ExecDef(PyObject *module, void *def);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyModule_FromDefAndSpec2(void *def, PyObject *spec, int
    module_api_version);
void *PyModule_GetDef(PyObject *module);
RC_RETURNS_BORROWED_FROM(module) PyObject *PyModule_GetDict(RC_NONNULL PyObject *module);
const char *PyModule_GetFilename(PyObject *module);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyModule_GetFilenameObject(PyObject *module);
const char *PyModule_GetName(PyObject *module);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyModule_GetNameObject(PyObject *module);
void *PyModule_GetState(PyObject *module);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyModule_New(const char *name);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyModule_NewObject(RC_KEEPS PyObject *name);
RC_RAISES int PyModule_SetDocString(PyObject *module, const char *docstring);

/* ---- PyModuleDef ----------------------------------------------------------------------------------------- */
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *PyModuleDef_Init(void *def);

/* ---- PyModuleSpec ---------------------------------------------------------------------------------------- */
RC_RAISES int _PyModuleSpec_IsInitializing(PyObject *o);

/* ---- PyNumber -------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Absolute(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Add(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_And(PyObject *o1, PyObject *o2);
RC_RAISES RC_CALLS_OUT Py_ssize_t PyNumber_AsSsize_t(PyObject *o, PyObject *exc);
RC_NO_EFFECT int PyNumber_Check(RC_NONNULL PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Divmod(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Float(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_FloorDivide(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_InPlaceAdd(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_InPlaceAnd(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_InPlaceFloorDivide(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_InPlaceLshift(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_InPlaceMatrixMultiply(PyObject *o1, PyObject
    *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_InPlaceMultiply(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_InPlaceOr(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_InPlacePower(PyObject *o1, PyObject *o2,
    PyObject *o3);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_InPlaceRemainder(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_InPlaceRshift(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_InPlaceSubtract(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_InPlaceTrueDivide(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_InPlaceXor(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Index(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *_PyNumber_Index(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Invert(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Long(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Lshift(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_MatrixMultiply(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Multiply(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Negative(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Or(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Positive(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Power(PyObject *o1, PyObject *o2, PyObject *o3);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Remainder(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Rshift(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Subtract(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_ToBase(PyObject *n, int base);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_TrueDivide(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyNumber_Xor(PyObject *o1, PyObject *o2);

/* ---- PyODict --------------------------------------------------------------------------------------------- */
RC_RAISES int PyODict_DelItem(PyObject *od, PyObject *key);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyODict_New(void);
RC_RAISES int PyODict_SetItem(PyObject *od, PyObject *key, PyObject *item);

/* ---- PyOS ------------------------------------------------------------------------------------------------ */
void PyOS_AfterFork(void);
void PyOS_AfterFork_Child(void);
void PyOS_AfterFork_Parent(void);
void PyOS_BeforeFork(void);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyOS_FSPath(PyObject *path);
int PyOS_InterruptOccurred(void);
int _PyOS_IsMainThread(void);
char *PyOS_Readline(void *a, void *v, const char *w);
int _PyOS_URandom(void *buffer, Py_ssize_t size);
int _PyOS_URandomNonblock(void *buffer, Py_ssize_t size);
char *PyOS_double_to_string(double val, char format_code, int precision, int flags, void *type);
void *PyOS_getsig(int a);
int PyOS_mystricmp(const char *a, const char *v);
int PyOS_mystrnicmp(const char *a, const char *v, Py_ssize_t w);
void *PyOS_setsig(int a, void *v);
double PyOS_string_to_double(const char *str, void *endptr, PyObject *overflow_exception);
long PyOS_strtol(const char *a, void *v, int w);
unsigned long PyOS_strtoul(const char *a, void *v, int w);

/* ---- PyObject -------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_ASCII(PyObject *o);
RC_RAISES int PyObject_AsCharBuffer(PyObject *obj, const void *buffer, void *buffer_len);
int PyObject_AsFileDescriptor(PyObject *o);
int PyObject_AsReadBuffer(PyObject *obj, const void *buffer, void *buffer_len);
int PyObject_AsWriteBuffer(PyObject *obj, void *buffer, void *buffer_len);
void _PyObject_AssertFailed(PyObject *obj, const char *expr, const char *msg, const char *file, int line, const char
    *function);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_Bytes(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_Call(RC_NONNULL PyObject *callable, RC_NONNULL
    PyObject *args, RC_KEEPS PyObject *kwargs);
RC_CALLS_OUT void PyObject_CallFinalizer(PyObject *o);
RC_CALLS_OUT int PyObject_CallFinalizerFromDealloc(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_CallFunctionObjArgs(PyObject *callable, ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_FORMAT(build, 2) RC_CALLS_OUT PyObject
    *_PyObject_CallFunction_SizeT(PyObject *callable, const char *format, ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_FORMAT(build, 3) RC_CALLS_OUT PyObject *_PyObject_CallMethod(PyObject *obj,
    PyObject *name, const char *format, ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *_PyObject_CallMethodIdNoArgs(PyObject *self, void *name);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *_PyObject_CallMethodIdObjArgs(PyObject *obj, void *name,
    ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *_PyObject_CallMethodIdOneArg(PyObject *self, void *name,
    PyObject *arg);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *_PyObject_CallMethodId_SizeT(PyObject *obj, void *name,
    const char *format, ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_CallMethodNoArgs(PyObject *self, PyObject *name);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_CallMethodObjArgs(PyObject *obj, PyObject
    *name, ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_CallMethodOneArg(RC_KEEPS PyObject *self,
    PyObject *name, RC_KEEPS PyObject *arg);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_FORMAT(build, 3) RC_CALLS_OUT PyObject *_PyObject_CallMethod_SizeT(PyObject
    *obj, const char *name, const char *format, ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_CallNoArgs(RC_NONNULL PyObject *func);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_CallObject(RC_NONNULL PyObject *callable,
    RC_KEEPS PyObject *args);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_CallOneArg(RC_NONNULL PyObject *func,
    RC_NONNULL PyObject *arg);
RC_CALLS_OUT void *PyObject_Calloc(size_t nelem, size_t elsize);
RC_NO_EFFECT int PyObject_CheckBuffer(PyObject *obj);
int _PyObject_CheckConsistency(PyObject *op, int check_content);
int _PyObject_CheckCrossInterpreterData(PyObject *o);
int PyObject_CheckReadBuffer(PyObject *obj);
void PyObject_ClearWeakRefs(PyObject *o);
int PyObject_CopyData(PyObject *dest, PyObject *src);
void _PyObject_DebugTypeStats(void *out);
RC_RAISES RC_CALLS_OUT int PyObject_DelItem(PyObject *o, PyObject *key);
RC_RAISES RC_CALLS_OUT int PyObject_DelItemString(PyObject *o, const char *key);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_Dir(PyObject *o);
void _PyObject_Dump(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyObject_FastCall(PyObject *func, PyObject *const *args, Py_ssize_t
    nargs);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_Format(PyObject *obj, PyObject *format_spec);
void PyObject_Free(RC_RELEASES void *ptr);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyObject_FunctionStr(PyObject *o);
void PyObject_GC_Del(RC_RELEASES void *op);
int PyObject_GC_IsFinalized(PyObject *o);
int PyObject_GC_IsTracked(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyObject_GC_New(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyObject_GC_NewVar(PyObject *o, Py_ssize_t v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyObject_GC_Resize(PyObject *o, Py_ssize_t v);
void PyObject_GC_Track(RC_NONNULL void *op);
void PyObject_GC_UnTrack(RC_NONNULL void *op);
PyObject **PyObject_GET_WEAKREFS_LISTPTR(PyObject *op);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyObject_GenericGetAttr(PyObject *o, PyObject *name);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyObject_GenericGetAttrWithDict(PyObject *o, PyObject *v, PyObject
    *w, int x);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyObject_GenericGetDict(PyObject *o, void *context);
RC_RAISES int PyObject_GenericSetAttr(PyObject *o, PyObject *name, RC_KEEPS PyObject *value);
RC_RAISES int _PyObject_GenericSetAttrWithDict(PyObject *o, PyObject *v, PyObject *w, PyObject *x);
RC_RAISES int PyObject_GenericSetDict(PyObject *o, RC_KEEPS PyObject *value, void *context);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyObject_GetAIter(PyObject *o);
void PyObject_GetArenaAllocator(void *allocator);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_GetAttr(RC_NONNULL PyObject *o, PyObject
    *attr_name);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *_PyObject_GetAttrId(PyObject *o, void *v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_GetAttrString(RC_NONNULL PyObject *o, const
    char *attr_name);
RC_RAISES int PyObject_GetBuffer(PyObject *obj, void *view, int flags);
int _PyObject_GetCrossInterpreterData(PyObject *o, void *v);
PyObject **_PyObject_GetDictPtr(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_GetItem(PyObject *o, PyObject *key);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_GetIter(RC_NONNULL PyObject *o);
int _PyObject_GetMethod(PyObject *obj, PyObject *name, RC_OUT RC_NULLABLE PyObject **method);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyObject_GetState(PyObject *o);
int PyObject_HasAttr(PyObject *o, PyObject *attr_name);
int PyObject_HasAttrString(PyObject *o, const char *attr_name);
int _PyObject_HasLen(PyObject *o);
RC_CALLS_OUT Py_ssize_t PyObject_Hash(RC_NONNULL PyObject *o);
RC_CALLS_OUT Py_ssize_t PyObject_HashNotImplemented(PyObject *o);
int PyObject_IS_GC(PyObject *obj);
RC_RETURNS_ARG(op) PyObject *PyObject_Init(PyObject *op, PyObject *type);
RC_RETURNS_ARG(op) PyObject *PyObject_InitVar(PyObject *op, PyObject *v, Py_ssize_t w);
int _PyObject_IsAbstract(PyObject *o);
int _PyObject_IsFreed(PyObject *o);
RC_RAISES RC_CALLS_OUT int PyObject_IsInstance(RC_NONNULL PyObject *object, RC_NONNULL PyObject *typeorclass);
RC_RAISES RC_CALLS_OUT int PyObject_IsSubclass(RC_NONNULL PyObject *object, RC_NONNULL PyObject *typeorclass);
RC_RAISES RC_CALLS_OUT int PyObject_IsTrue(RC_NONNULL PyObject *o);
RC_RAISES RC_CALLS_OUT Py_ssize_t PyObject_Length(PyObject *o);
RC_CALLS_OUT Py_ssize_t PyObject_LengthHint(PyObject *o, Py_ssize_t otherwise);
RC_RAISES RC_CALLS_OUT int _PyObject_LookupAttr(PyObject *o, PyObject *v, RC_OUT RC_NULLABLE PyObject **w);
RC_RAISES RC_CALLS_OUT int _PyObject_LookupAttrId(PyObject *o, void *v, RC_OUT RC_NULLABLE PyObject **w);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyObject_LookupSpecialId(PyObject *o, void *v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyObject_MakeTpCall(void *tstate, PyObject *callable, PyObject
    *const *args, Py_ssize_t nargs, PyObject *keywords);
void *PyObject_Malloc(size_t size);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyObject_New(PyObject *type);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyObject_NewVar(PyObject *type, Py_ssize_t size);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyObject_NextNotImplemented(PyObject *o);
RC_RAISES RC_CALLS_OUT int PyObject_Not(PyObject *o);
int PyObject_Print(PyObject *o, void *fp, int flags);
RC_RAISES int _PyObject_RealIsInstance(PyObject *inst, PyObject *cls);
RC_RAISES int _PyObject_RealIsSubclass(PyObject *derived, PyObject *cls);
void *PyObject_Realloc(void *ptr, size_t new_size);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_Repr(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_RichCompare(PyObject *o1, PyObject *o2, int
    opid);
RC_RAISES RC_CALLS_OUT int PyObject_RichCompareBool(PyObject *o1, PyObject *o2, int opid);
RC_RETURNS_ARG(o) PyObject *PyObject_SelfIter(RC_RETAINS PyObject *o);
void PyObject_SetArenaAllocator(void *allocator);
RC_RAISES RC_CALLS_OUT int PyObject_SetAttr(RC_NONNULL PyObject *o, PyObject *attr_name, RC_KEEPS PyObject *v);
RC_RAISES RC_CALLS_OUT int _PyObject_SetAttrId(PyObject *o, void *v, PyObject *w);
RC_RAISES RC_CALLS_OUT int PyObject_SetAttrString(RC_NONNULL PyObject *o, const char *attr_name, RC_KEEPS PyObject
    *v);
RC_RAISES RC_CALLS_OUT int PyObject_SetItem(PyObject *o, RC_KEEPS PyObject *key, RC_KEEPS PyObject *v);
RC_RAISES RC_CALLS_OUT Py_ssize_t PyObject_Size(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_Str(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyObject_Type(PyObject *o);
RC_NO_EFFECT int PyObject_TypeCheck(RC_NONNULL PyObject *ob, PyObject *type);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_Vectorcall(RC_NONNULL PyObject *callable,
    PyObject *const *args, size_t nargsf, PyObject *kwnames);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_VectorcallDict(PyObject *callable, PyObject
    *const *args, size_t nargsf, PyObject *kwargs);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyObject_VectorcallMethod(PyObject *name, PyObject
    *const *args, size_t nargsf, PyObject *kwnames);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *_PyObject_VectorcallMethodId(void *name, PyObject *const
    *args, size_t nargsf, PyObject *kwnames);

/* ---- PyPickleBuffer -------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyPickleBuffer_FromObject(PyObject *o);
const void *PyPickleBuffer_GetBuffer(PyObject *o);
int PyPickleBuffer_Release(PyObject *o);

/* ---- PyPreConfig ----------------------------------------------------------------------------------------- */
void PyPreConfig_InitIsolatedConfig(void *config);
void PyPreConfig_InitPythonConfig(void *config);

/* ---- PyRun ----------------------------------------------------------------------------------------------- */
RC_CALLS_OUT int PyRun_AnyFile(void *fp, const char *name);
RC_CALLS_OUT int PyRun_AnyFileEx(void *fp, const char *name, int closeit);
RC_CALLS_OUT int PyRun_AnyFileExFlags(void *fp, const char *filename, int closeit, void *flags);
RC_CALLS_OUT int PyRun_AnyFileFlags(void *fp, const char *filename, void *flags);
RC_CALLS_OUT int _PyRun_AnyFileObject(void *fp, PyObject *filename, int closeit, void *flags);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyRun_File(void *fp, const char *p, int s, PyObject *g,
    PyObject *l);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyRun_FileEx(void *fp, const char *p, int s, PyObject
    *g, PyObject *l, int c);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyRun_FileExFlags(void *fp, const char *filename, int
    start, PyObject *globals, PyObject *locals, int closeit, void *flags);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyRun_FileFlags(void *fp, const char *p, int s, PyObject
    *g, PyObject *l, void *flags);
RC_CALLS_OUT int PyRun_InteractiveLoop(void *f, const char *p);
RC_CALLS_OUT int PyRun_InteractiveLoopFlags(void *fp, const char *filename, void *flags);
RC_CALLS_OUT int _PyRun_InteractiveLoopObject(void *fp, PyObject *filename, void *flags);
RC_CALLS_OUT int PyRun_InteractiveOne(void *f, const char *p);
RC_CALLS_OUT int PyRun_InteractiveOneFlags(void *fp, const char *filename, void *flags);
RC_CALLS_OUT int PyRun_InteractiveOneObject(void *fp, PyObject *filename, void *flags);
RC_CALLS_OUT int PyRun_SimpleFile(void *f, const char *p);
RC_CALLS_OUT int PyRun_SimpleFileEx(void *f, const char *p, int c);
RC_CALLS_OUT int PyRun_SimpleFileExFlags(void *fp, const char *filename, int closeit, void *flags);
RC_CALLS_OUT int _PyRun_SimpleFileObject(void *fp, PyObject *filename, int closeit, void *flags);
RC_CALLS_OUT int PyRun_SimpleString(const char *s);
RC_CALLS_OUT int PyRun_SimpleStringFlags(const char *command, void *flags);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyRun_String(const char *str, int s, PyObject *g,
    PyObject *l);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyRun_StringFlags(const char *str, int start, PyObject
    *globals, PyObject *locals, void *flags);

/* ---- PySeqIter ------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PySeqIter_New(RC_KEEPS PyObject *seq);

/* ---- PySequence ------------------------------------------------------------------------------------------ */
RC_CALLS_OUT const void *_PySequence_BytesToCharpArray(PyObject *self);
RC_NO_EFFECT int PySequence_Check(RC_NONNULL PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PySequence_Concat(PyObject *o1, PyObject *o2);
RC_RAISES RC_CALLS_OUT int PySequence_Contains(PyObject *seq, PyObject *ob);
RC_RAISES RC_CALLS_OUT Py_ssize_t PySequence_Count(PyObject *o, PyObject *value);
RC_RAISES RC_CALLS_OUT int PySequence_DelItem(PyObject *o, Py_ssize_t i);
RC_RAISES RC_CALLS_OUT int PySequence_DelSlice(PyObject *o, Py_ssize_t i1, Py_ssize_t i2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PySequence_Fast(RC_KEEPS PyObject *o, const char *m);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PySequence_GetItem(PyObject *o, Py_ssize_t i);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PySequence_GetSlice(PyObject *o, Py_ssize_t i1,
    Py_ssize_t i2);
RC_CALLS_OUT int PySequence_In(PyObject *o, PyObject *value);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PySequence_InPlaceConcat(PyObject *o1, PyObject *o2);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PySequence_InPlaceRepeat(PyObject *o, Py_ssize_t count);
RC_RAISES RC_CALLS_OUT Py_ssize_t PySequence_Index(PyObject *o, PyObject *value);
RC_CALLS_OUT Py_ssize_t _PySequence_IterSearch(PyObject *seq, PyObject *obj, int operation);
RC_RAISES RC_CALLS_OUT Py_ssize_t PySequence_Length(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PySequence_List(RC_KEEPS PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PySequence_Repeat(PyObject *o, Py_ssize_t count);
RC_RAISES RC_CALLS_OUT int PySequence_SetItem(PyObject *o, Py_ssize_t i, RC_KEEPS PyObject *v);
RC_RAISES RC_CALLS_OUT int PySequence_SetSlice(PyObject *o, Py_ssize_t i1, Py_ssize_t i2, PyObject *v);
RC_RAISES RC_CALLS_OUT Py_ssize_t PySequence_Size(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PySequence_Tuple(RC_KEEPS PyObject *o);

/* ---- PySet ----------------------------------------------------------------------------------------------- */
RC_RAISES RC_CALLS_OUT int PySet_Add(PyObject *set, RC_KEEPS PyObject *key);
RC_RAISES RC_CALLS_OUT int PySet_Clear(PyObject *set);
RC_RAISES RC_CALLS_OUT int PySet_Contains(PyObject *anyset, PyObject *key);
RC_RAISES RC_CALLS_OUT int PySet_Discard(PyObject *set, PyObject *key);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PySet_New(PyObject *iterable);
RC_RAISES int _PySet_NextEntry(PyObject *set, void *pos, RC_OUT RC_BORROWED PyObject **key, void *hash);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PySet_Pop(PyObject *set);
RC_RAISES Py_ssize_t PySet_Size(PyObject *anyset);
RC_RAISES int _PySet_Update(PyObject *set, PyObject *iterable);

/* ---- PySignal -------------------------------------------------------------------------------------------- */
RC_RAISES int PySignal_SetWakeupFd(int fd);

/* ---- PySlice --------------------------------------------------------------------------------------------- */
Py_ssize_t PySlice_AdjustIndices(Py_ssize_t length, void *start, void *stop, Py_ssize_t step);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PySlice_FromIndices(Py_ssize_t start, Py_ssize_t stop);
int PySlice_GetIndices(PyObject *r, Py_ssize_t length, void *start, void *stop, void *step);
int PySlice_GetIndicesEx(PyObject *r, Py_ssize_t length, void *start, void *stop, void *step, void *slicelength);
int _PySlice_GetLongIndices(PyObject *self, PyObject *length, PyObject **start_ptr, PyObject **stop_ptr, PyObject
    **step_ptr);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PySlice_New(RC_KEEPS PyObject *start, RC_KEEPS PyObject *stop,
    RC_KEEPS PyObject *step);
int PySlice_Unpack(PyObject *slice, void *start, void *stop, void *step);

/* ---- PyStack --------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyStack_AsDict(PyObject *const *values, PyObject *kwnames);

/* ---- PyState --------------------------------------------------------------------------------------------- */
RC_RAISES int PyState_AddModule(RC_KEEPS PyObject *module, void *def);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *PyState_FindModule(void *def);
int PyState_RemoveModule(void *def);

/* ---- PyStaticMethod -------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyStaticMethod_New(RC_KEEPS PyObject *o);

/* ---- PyStructSequence ------------------------------------------------------------------------------------ */
RC_RETURNS_BORROWED_FROM(p) RC_NULLABLE PyObject *PyStructSequence_GetItem(PyObject *p, Py_ssize_t pos);
void PyStructSequence_InitType(RC_KEEPS PyObject *type, void *desc);
RC_RAISES int PyStructSequence_InitType2(RC_KEEPS PyObject *type, void *desc);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyStructSequence_New(PyObject *type);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyStructSequence_NewType(void *desc);
void PyStructSequence_SetItem(PyObject *p, Py_ssize_t pos, RC_STEALS PyObject *o);

/* ---- PySys ----------------------------------------------------------------------------------------------- */
void PySys_AddWarnOption(const void *s);
void PySys_AddWarnOptionUnicode(PyObject *unicode);
void PySys_AddXOption(const void *s);
int PySys_Audit(const char *event, const char *argFormat, ...);
void PySys_FormatStderr(const char *format, ...);
void PySys_FormatStdout(const char *format, ...);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *_PySys_GetAttr(void *tstate, PyObject *name);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *PySys_GetObject(const char *name);
size_t _PySys_GetSizeOf(PyObject *o);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *PySys_GetXOptions(void);
RC_RAISES int PySys_HasWarnOptions(void);
void PySys_ResetWarnOptions(void);
void PySys_SetArgv(int argc, void *argv);
void PySys_SetArgvEx(int argc, void *argv, int updatepath);
RC_RAISES int PySys_SetObject(const char *name, RC_KEEPS PyObject *v);
void PySys_SetPath(const void *a);
void PySys_WriteStderr(const char *format, ...);
void PySys_WriteStdout(const char *format, ...);

/* ---- PyThread -------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyThread_CurrentExceptions(void);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyThread_CurrentFrames(void);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyThread_GetInfo(void);
void PyThread_ReInitTLS(void);
int _PyThread_at_fork_reinit(void *lock);
int PyThread_create_key(void);
void PyThread_delete_key(int key);
void PyThread_delete_key_value(int key);
void PyThread_exit_thread(void);
void *PyThread_get_key_value(int key);
size_t PyThread_get_stacksize(void);
unsigned long PyThread_get_thread_ident(void);
unsigned long PyThread_get_thread_native_id(void);
void PyThread_init_thread(void);
int PyThread_set_key_value(int key, void *value);
int PyThread_set_stacksize(size_t a);
unsigned long PyThread_start_new_thread(void *a, void *v);
void *PyThread_tss_alloc(void);
int PyThread_tss_create(void *key);
void PyThread_tss_delete(void *key);
void PyThread_tss_free(void *key);
void *PyThread_tss_get(void *key);
int PyThread_tss_is_created(void *key);
int PyThread_tss_set(void *key, void *value);

/* ---- PyThreadState --------------------------------------------------------------------------------------- */
void PyThreadState_Clear(void *tstate);
void PyThreadState_Delete(void *tstate);
void PyThreadState_DeleteCurrent(void);
void PyThreadState_EnterTracing(void *tstate);
void *PyThreadState_Get(void);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *PyThreadState_GetDict(void);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *_PyThreadState_GetDict(void *tstate);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyThreadState_GetFrame(void *tstate);
unsigned long long PyThreadState_GetID(void *tstate);
void *PyThreadState_GetInterpreter(void *tstate);
void PyThreadState_LeaveTracing(void *tstate);
void *PyThreadState_New(void *interp);
void *PyThreadState_Next(void *a);
void *_PyThreadState_Prealloc(void *a);
RC_RAISES int PyThreadState_SetAsyncExc(unsigned long id, RC_KEEPS PyObject *exc);
void *PyThreadState_Swap(void *tstate);
void *_PyThreadState_UncheckedGet(void);

/* ---- PyTime ---------------------------------------------------------------------------------------------- */
RC_RAISES long long _PyTime_Add(long long t1, long long t2);
long long _PyTime_AsMicroseconds(long long t, int round);
long long _PyTime_AsMilliseconds(long long t, int round);
long long _PyTime_AsNanoseconds(long long t);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyTime_AsNanosecondsObject(long long t);
double _PyTime_AsSecondsDouble(long long t);
int _PyTime_AsTimespec(long long t, void *ts);
void _PyTime_AsTimespec_clamp(long long t, void *ts);
int _PyTime_AsTimeval(long long t, void *tv, int round);
int _PyTime_AsTimevalTime_t(long long t, void *secs, void *us, int round);
void _PyTime_AsTimeval_clamp(long long t, void *tv, int round);
int _PyTime_FromMillisecondsObject(void *t, PyObject *obj, int round);
long long _PyTime_FromNanoseconds(long long ns);
int _PyTime_FromNanosecondsObject(void *t, PyObject *obj);
long long _PyTime_FromSeconds(int seconds);
int _PyTime_FromSecondsObject(void *t, PyObject *obj, int round);
int _PyTime_FromTimespec(void *tp, void *ts);
int _PyTime_FromTimeval(void *tp, void *tv);
long long _PyTime_GetMonotonicClock(void);
int _PyTime_GetMonotonicClockWithInfo(void *t, void *info);
long long _PyTime_GetPerfCounter(void);
int _PyTime_GetPerfCounterWithInfo(void *t, void *info);
long long _PyTime_GetSystemClock(void);
int _PyTime_GetSystemClockWithInfo(void *t, void *info);
long long _PyTime_MulDiv(long long ticks, long long mul, long long div);
int _PyTime_ObjectToTime_t(PyObject *obj, void *sec, int w);
int _PyTime_ObjectToTimespec(PyObject *obj, void *sec, void *nsec, int x);
int _PyTime_ObjectToTimeval(PyObject *obj, void *sec, void *usec, int x);
int _PyTime_gmtime(long long t, void *tm);
int _PyTime_localtime(long long t, void *tm);

/* ---- PyTraceBack ----------------------------------------------------------------------------------------- */
int PyTraceBack_Here(PyObject *o);
int PyTraceBack_Print(PyObject *o, PyObject *v);

/* ---- PyTraceMalloc --------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyTraceMalloc_GetTraceback(unsigned int domain, size_t ptr);
int PyTraceMalloc_Track(unsigned int domain, size_t ptr, size_t size);
int PyTraceMalloc_Untrack(unsigned int domain, size_t ptr);

/* ---- PyTraceback ----------------------------------------------------------------------------------------- */
void _PyTraceback_Add(const char *a, const char *v, int w);

/* ---- PyTrash --------------------------------------------------------------------------------------------- */
int _PyTrash_begin(void *tstate, PyObject *op);
int _PyTrash_cond(PyObject *op, void *dealloc);
void _PyTrash_end(void *tstate);

/* ---- PyTuple --------------------------------------------------------------------------------------------- */
void _PyTuple_DebugMallocStats(void *out);
RC_NO_EFFECT Py_ssize_t PyTuple_GET_SIZE(RC_NONNULL PyObject *op);
RC_RETURNS_BORROWED_FROM(p) RC_NULLABLE RC_RAISES PyObject *PyTuple_GetItem(PyObject *p, Py_ssize_t pos);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyTuple_GetSlice(RC_KEEPS PyObject *p, Py_ssize_t low, Py_ssize_t
    high);
void _PyTuple_MaybeUntrack(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyTuple_New(Py_ssize_t size);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyTuple_Pack(Py_ssize_t len, ...);
RC_RAISES int _PyTuple_Resize(RC_STEALS RC_OUT PyObject **p, Py_ssize_t new);
void PyTuple_SET_ITEM(RC_NONNULL PyObject *op, Py_ssize_t index, RC_STEALS PyObject *value);
RC_RAISES int PyTuple_SetItem(PyObject *p, Py_ssize_t pos, RC_STEALS PyObject *o);
RC_NO_EFFECT Py_ssize_t PyTuple_Size(PyObject *p);

/* ---- PyType ---------------------------------------------------------------------------------------------- */
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *_PyType_CalculateMetaclass(PyObject *o, PyObject *v);
RC_NO_EFFECT int PyType_Check(RC_NONNULL PyObject *op);
RC_NO_EFFECT int PyType_CheckExact(RC_NONNULL PyObject *op);
unsigned int PyType_ClearCache(void);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyType_FromModuleAndSpec(RC_KEEPS PyObject *module, void *spec,
    PyObject *bases);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyType_FromSpec(void *spec);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyType_FromSpecWithBases(void *spec, PyObject *bases);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyType_GenericAlloc(PyObject *type, Py_ssize_t nitems);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyType_GenericNew(PyObject *type, PyObject *args, PyObject *kwds);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyType_GetDocFromInternalDoc(const char *a, const char *v);
RC_NO_EFFECT unsigned long PyType_GetFlags(PyObject *type);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *PyType_GetModule(PyObject *o);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *PyType_GetModuleByDef(PyObject *o, void *v);
void *PyType_GetModuleState(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyType_GetName(PyObject *type);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyType_GetQualName(PyObject *type);
void *PyType_GetSlot(PyObject *type, int slot);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyType_GetTextSignatureFromInternalDoc(const char *a, const char *v);
RC_NO_EFFECT int PyType_HasFeature(PyObject *type, unsigned long feature);
RC_NO_EFFECT int PyType_IsSubtype(PyObject *a, PyObject *b);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *_PyType_Lookup(PyObject *o, PyObject *v);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *_PyType_LookupId(PyObject *o, void *v);
void PyType_Modified(PyObject *type);
const char *_PyType_Name(PyObject *o);
RC_RAISES int PyType_Ready(PyObject *type);
int PyType_SUPPORTS_WEAKREFS(PyObject *type);

/* ---- PyUnicode ------------------------------------------------------------------------------------------- */
const char *PyUnicode_AS_DATA(PyObject *op);
void *PyUnicode_AS_UNICODE(PyObject *op);
void PyUnicode_Append(RC_STEALS RC_OUT PyObject **pleft, PyObject *right);
void PyUnicode_AppendAndDel(RC_STEALS RC_OUT PyObject **pleft, RC_RELEASES PyObject *right);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_AsASCIIString(PyObject *unicode);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_AsASCIIString(PyObject *unicode, const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_AsCharmapString(PyObject *unicode, PyObject *mapping);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_AsDecodedObject(PyObject *unicode, const char *encoding,
    const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_AsDecodedUnicode(PyObject *unicode, const char *encoding,
    const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_AsEncodedObject(PyObject *unicode, const char *encoding,
    const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_AsEncodedString(PyObject *unicode, const char *encoding,
    const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_AsEncodedUnicode(PyObject *unicode, const char *encoding,
    const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_AsLatin1String(PyObject *unicode);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_AsLatin1String(PyObject *unicode, const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_AsRawUnicodeEscapeString(PyObject *unicode);
void *PyUnicode_AsUCS4(PyObject *unicode, void *buffer, Py_ssize_t buflen, int copy_null);
void *PyUnicode_AsUCS4Copy(PyObject *unicode);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_AsUTF16String(PyObject *unicode);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_AsUTF32String(PyObject *unicode);
RC_RETURNS_BORROWED_FROM(unicode) RC_NULLABLE RC_RAISES RC_NO_EFFECT const char *PyUnicode_AsUTF8(RC_NONNULL
    PyObject *unicode);
RC_RETURNS_BORROWED_FROM(unicode) RC_NULLABLE RC_RAISES RC_NO_EFFECT const char *PyUnicode_AsUTF8AndSize(RC_NONNULL
    PyObject *unicode, void *size);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_AsUTF8String(PyObject *unicode);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_AsUTF8String(PyObject *unicode, const char *errors);
RC_RETURNS_BORROWED_FROM(unicode) RC_NULLABLE RC_RAISES void *PyUnicode_AsUnicode(PyObject *unicode);
const void *_PyUnicode_AsUnicode(PyObject *unicode);
void *PyUnicode_AsUnicodeAndSize(PyObject *unicode, void *size);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_AsUnicodeEscapeString(PyObject *unicode);
Py_ssize_t PyUnicode_AsWideChar(PyObject *unicode, void *w, Py_ssize_t size);
void *PyUnicode_AsWideCharString(PyObject *unicode, void *size);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_BuildEncodingMap(PyObject *string);
unsigned int PyUnicode_CHECK_INTERNED(PyObject *op);
RC_NO_EFFECT void *_PyUnicode_COMPACT_DATA(PyObject *op);
int _PyUnicode_CheckConsistency(PyObject *op, int check_content);
RC_RAISES int PyUnicode_Compare(PyObject *left, PyObject *right);
RC_RAISES int PyUnicode_CompareWithASCIIString(PyObject *left, const char *right);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_Concat(PyObject *left, PyObject *right);
RC_RAISES int PyUnicode_Contains(PyObject *container, PyObject *element);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_Copy(PyObject *unicode);
Py_ssize_t PyUnicode_CopyCharacters(PyObject *to, Py_ssize_t to_start, PyObject *from, Py_ssize_t from_start,
    Py_ssize_t how_many);
RC_RAISES Py_ssize_t PyUnicode_Count(PyObject *str, PyObject *substr, Py_ssize_t start, Py_ssize_t end);
RC_RETURNS_BORROWED_FROM(op) RC_NO_EFFECT void *PyUnicode_DATA(PyObject *op);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_Decode(const char *s, Py_ssize_t size, const char
    *encoding, const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeASCII(const char *string, Py_ssize_t length, const
    char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeCharmap(const char *string, Py_ssize_t length,
    PyObject *mapping, const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeFSDefault(const char *s);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeFSDefaultAndSize(const char *s, Py_ssize_t size);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeLatin1(const char *string, Py_ssize_t length, const
    char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeLocale(const char *str, const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeLocaleAndSize(const char *str, Py_ssize_t len, const
    char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeRawUnicodeEscape(const char *string, Py_ssize_t
    length, const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_DecodeRawUnicodeEscapeStateful(const char *string,
    Py_ssize_t length, const char *errors, void *consumed);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeUTF16(const char *string, Py_ssize_t length, const
    char *errors, void *byteorder);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeUTF16Stateful(const char *string, Py_ssize_t length,
    const char *errors, void *byteorder, void *consumed);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeUTF32(const char *string, Py_ssize_t length, const
    char *errors, void *byteorder);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeUTF32Stateful(const char *string, Py_ssize_t length,
    const char *errors, void *byteorder, void *consumed);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeUTF7(const char *string, Py_ssize_t length, const
    char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeUTF7Stateful(const char *string, Py_ssize_t length,
    const char *errors, void *consumed);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeUTF8(const char *string, Py_ssize_t length, const
    char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeUTF8Stateful(const char *string, Py_ssize_t length,
    const char *errors, void *consumed);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_DecodeUnicodeEscape(const char *string, Py_ssize_t length,
    const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_DecodeUnicodeEscapeInternal(const char *string, Py_ssize_t
    length, const char *errors, void *consumed, const void *first_invalid_escape);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_DecodeUnicodeEscapeStateful(const char *string, Py_ssize_t
    length, const char *errors, void *consumed);
int _PyUnicode_EQ(PyObject *o, PyObject *v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_EncodeCharmap(PyObject *unicode, PyObject *mapping, const
    char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_EncodeFSDefault(PyObject *unicode);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_EncodeLocale(PyObject *unicode, const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_EncodeUTF16(PyObject *unicode, const char *errors, int
    byteorder);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_EncodeUTF32(PyObject *object, const char *errors, int
    byteorder);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_EncodeUTF7(PyObject *unicode, int base64SetO, int
    base64WhiteSpace, const char *errors);
int _PyUnicode_Equal(PyObject *o, PyObject *v);
int _PyUnicode_EqualToASCIIId(PyObject *left, void *right);
int _PyUnicode_EqualToASCIIString(PyObject *left, const char *right);
RC_RAISES int PyUnicode_FSConverter(PyObject *obj, RC_OUT void *result);
RC_RAISES int PyUnicode_FSDecoder(PyObject *obj, RC_OUT void *result);
void _PyUnicode_FastCopyCharacters(PyObject *to, Py_ssize_t to_start, PyObject *from, Py_ssize_t from_start,
    Py_ssize_t how_many);
void _PyUnicode_FastFill(PyObject *unicode, Py_ssize_t start, Py_ssize_t length, unsigned fill_char);
Py_ssize_t PyUnicode_Fill(PyObject *unicode, Py_ssize_t start, Py_ssize_t length, unsigned fill_char);
Py_ssize_t PyUnicode_Find(PyObject *str, PyObject *substr, Py_ssize_t start, Py_ssize_t end, int direction);
Py_ssize_t PyUnicode_FindChar(PyObject *str, unsigned ch, Py_ssize_t start, Py_ssize_t end, int direction);
unsigned _PyUnicode_FindMaxChar(PyObject *unicode, Py_ssize_t start, Py_ssize_t end);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_Format(PyObject *format, PyObject *args);
int _PyUnicode_FormatAdvancedWriter(void *writer, PyObject *obj, PyObject *format_spec, Py_ssize_t start, Py_ssize_t
    end);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_FormatLong(PyObject *o, int v, int w, int x);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_FromASCII(const char *buffer, Py_ssize_t size);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_FromEncodedObject(PyObject *obj, const char *encoding,
    const char *errors);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_FORMAT(message, 1) PyObject *PyUnicode_FromFormat(const char *format, ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_FromFormatV(const char *format, void *vargs);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *_PyUnicode_FromId(void *a);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_FromKindAndData(int kind, const void *buffer, Py_ssize_t
    size);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_FromObject(PyObject *obj);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_FromOrdinal(int ordinal);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_FromString(const char *u);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_FromStringAndSize(const char *u, Py_ssize_t size);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_FromUnicode(const void *u, Py_ssize_t size);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_FromWideChar(const void *w, Py_ssize_t size);
Py_ssize_t PyUnicode_GET_DATA_SIZE(PyObject *op);
RC_NO_EFFECT Py_ssize_t PyUnicode_GET_LENGTH(RC_NONNULL PyObject *op);
Py_ssize_t PyUnicode_GET_SIZE(PyObject *op);
const char *PyUnicode_GetDefaultEncoding(void);
RC_NO_EFFECT Py_ssize_t PyUnicode_GetLength(PyObject *unicode);
RC_RAISES Py_ssize_t PyUnicode_GetSize(PyObject *unicode);
RC_NO_EFFECT unsigned int PyUnicode_IS_ASCII(PyObject *op);
RC_NO_EFFECT unsigned int PyUnicode_IS_COMPACT(PyObject *op);
RC_NO_EFFECT int PyUnicode_IS_COMPACT_ASCII(PyObject *op);
RC_NO_EFFECT unsigned int PyUnicode_IS_READY(PyObject *op);
RC_RAISES Py_ssize_t _PyUnicode_InsertThousandsGrouping(void *writer, Py_ssize_t n_buffer, PyObject *digits,
    Py_ssize_t d_pos, Py_ssize_t n_digits, Py_ssize_t min_width, const char *grouping, PyObject *thousands_sep, void
    *maxchar);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_InternFromString(const char *u);
void PyUnicode_InternImmortal(RC_STEALS RC_OUT RC_NONNULL PyObject **a);
void PyUnicode_InternInPlace(RC_STEALS RC_OUT RC_NONNULL PyObject **string);
RC_NO_EFFECT int _PyUnicode_IsAlpha(unsigned ch);
RC_NO_EFFECT int _PyUnicode_IsCaseIgnorable(unsigned ch);
RC_NO_EFFECT int _PyUnicode_IsCased(unsigned ch);
RC_NO_EFFECT int _PyUnicode_IsDecimalDigit(unsigned ch);
RC_NO_EFFECT int _PyUnicode_IsDigit(unsigned ch);
int PyUnicode_IsIdentifier(PyObject *s);
RC_NO_EFFECT int _PyUnicode_IsLowercase(unsigned ch);
RC_NO_EFFECT int _PyUnicode_IsNumeric(unsigned ch);
RC_NO_EFFECT int _PyUnicode_IsPrintable(unsigned ch);
RC_NO_EFFECT int _PyUnicode_IsTitlecase(unsigned ch);
RC_NO_EFFECT int _PyUnicode_IsUppercase(unsigned ch);
RC_NO_EFFECT int _PyUnicode_IsXidContinue(unsigned ch);
RC_NO_EFFECT int _PyUnicode_IsXidStart(unsigned ch);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_Join(PyObject *separator, PyObject *seq);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_JoinArray(PyObject *separator, PyObject *const *items,
    Py_ssize_t seqlen);
RC_NO_EFFECT unsigned PyUnicode_MAX_CHAR_VALUE(PyObject *op);
RC_NO_EFFECT void *_PyUnicode_NONCOMPACT_DATA(PyObject *op);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_New(Py_ssize_t size, unsigned maxchar);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_Partition(PyObject *s, PyObject *sep);
RC_NO_EFFECT unsigned PyUnicode_READ(int kind, const void *data, Py_ssize_t index);
RC_NO_EFFECT int PyUnicode_READY(RC_NONNULL PyObject *op);
RC_NO_EFFECT unsigned PyUnicode_READ_CHAR(PyObject *unicode, Py_ssize_t index);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_RPartition(PyObject *s, PyObject *sep);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_RSplit(PyObject *s, PyObject *sep, Py_ssize_t maxsplit);
unsigned PyUnicode_ReadChar(PyObject *unicode, Py_ssize_t index);
RC_RAISES int _PyUnicode_Ready(PyObject *unicode);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_Replace(PyObject *str, PyObject *substr, PyObject *replstr,
    Py_ssize_t maxcount);
RC_RAISES int PyUnicode_Resize(RC_STEALS RC_OUT PyObject **unicode, Py_ssize_t length);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_RichCompare(PyObject *left, PyObject *right, int op);
Py_ssize_t _PyUnicode_ScanIdentifier(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_Split(PyObject *s, PyObject *sep, Py_ssize_t maxsplit);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_Splitlines(PyObject *s, int keepends);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_Substring(PyObject *str, Py_ssize_t start, Py_ssize_t end);
Py_ssize_t PyUnicode_Tailmatch(PyObject *str, PyObject *substr, Py_ssize_t start, Py_ssize_t end, int direction);
RC_NO_EFFECT int _PyUnicode_ToDecimalDigit(unsigned ch);
RC_NO_EFFECT int _PyUnicode_ToDigit(unsigned ch);
RC_NO_EFFECT int _PyUnicode_ToFoldedFull(unsigned ch, void *res);
RC_NO_EFFECT int _PyUnicode_ToLowerFull(unsigned ch, void *res);
RC_NO_EFFECT unsigned _PyUnicode_ToLowercase(unsigned ch);
RC_NO_EFFECT double _PyUnicode_ToNumeric(unsigned ch);
RC_NO_EFFECT int _PyUnicode_ToTitleFull(unsigned ch, void *res);
RC_NO_EFFECT unsigned _PyUnicode_ToTitlecase(unsigned ch);
RC_NO_EFFECT int _PyUnicode_ToUpperFull(unsigned ch, void *res);
RC_NO_EFFECT unsigned _PyUnicode_ToUppercase(unsigned ch);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_TransformDecimalAndSpaceToASCII(PyObject *unicode);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicode_Translate(PyObject *str, PyObject *table, const char
    *errors);
void PyUnicode_WRITE(int kind, void *data, Py_ssize_t index, unsigned value);
Py_ssize_t PyUnicode_WSTR_LENGTH(PyObject *op);
RC_RAISES int _PyUnicode_WideCharString_Converter(PyObject *o, void *v);
RC_RAISES int _PyUnicode_WideCharString_Opt_Converter(PyObject *o, void *v);
int PyUnicode_WriteChar(PyObject *unicode, Py_ssize_t index, unsigned character);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicode_XStrip(PyObject *self, int striptype, PyObject *sepobj);

/* ---- PyUnicodeDecodeError -------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicodeDecodeError_Create(const char *encoding, const char *object,
    Py_ssize_t length, Py_ssize_t start, Py_ssize_t end, const char *reason);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicodeDecodeError_GetEncoding(PyObject *exc);
int PyUnicodeDecodeError_GetEnd(PyObject *exc, void *end);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicodeDecodeError_GetObject(PyObject *exc);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicodeDecodeError_GetReason(PyObject *exc);
int PyUnicodeDecodeError_GetStart(PyObject *exc, void *start);
RC_RAISES int PyUnicodeDecodeError_SetEnd(PyObject *exc, Py_ssize_t end);
RC_RAISES int PyUnicodeDecodeError_SetReason(PyObject *exc, const char *reason);
RC_RAISES int PyUnicodeDecodeError_SetStart(PyObject *exc, Py_ssize_t start);

/* ---- PyUnicodeEncodeError -------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicodeEncodeError_GetEncoding(PyObject *o);
int PyUnicodeEncodeError_GetEnd(PyObject *o, void *v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicodeEncodeError_GetObject(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicodeEncodeError_GetReason(PyObject *o);
int PyUnicodeEncodeError_GetStart(PyObject *o, void *v);
RC_RAISES int PyUnicodeEncodeError_SetEnd(PyObject *o, Py_ssize_t v);
RC_RAISES int PyUnicodeEncodeError_SetReason(PyObject *exc, const char *reason);
RC_RAISES int PyUnicodeEncodeError_SetStart(PyObject *o, Py_ssize_t v);

/* ---- PyUnicodeTranslateError ----------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicodeTranslateError_Create(PyObject *object, Py_ssize_t start,
    Py_ssize_t end, const char *reason);
int PyUnicodeTranslateError_GetEnd(PyObject *o, void *v);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicodeTranslateError_GetObject(PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicodeTranslateError_GetReason(PyObject *o);
int PyUnicodeTranslateError_GetStart(PyObject *o, void *v);
RC_RAISES int PyUnicodeTranslateError_SetEnd(PyObject *o, Py_ssize_t v);
RC_RAISES int PyUnicodeTranslateError_SetReason(PyObject *exc, const char *reason);
RC_RAISES int PyUnicodeTranslateError_SetStart(PyObject *o, Py_ssize_t v);

/* ---- PyUnicodeWriter ------------------------------------------------------------------------------------- */
void _PyUnicodeWriter_Dealloc(void *writer);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *_PyUnicodeWriter_Finish(void *writer);
void _PyUnicodeWriter_Init(void *writer);
int _PyUnicodeWriter_PrepareInternal(void *writer, Py_ssize_t length, unsigned maxchar);
int _PyUnicodeWriter_PrepareKindInternal(void *writer, int kind);
int _PyUnicodeWriter_WriteASCIIString(void *writer, const char *str, Py_ssize_t len);
int _PyUnicodeWriter_WriteChar(void *writer, unsigned ch);
int _PyUnicodeWriter_WriteLatin1String(void *writer, const char *str, Py_ssize_t len);
int _PyUnicodeWriter_WriteStr(void *writer, PyObject *str);
int _PyUnicodeWriter_WriteSubstring(void *writer, PyObject *str, Py_ssize_t start, Py_ssize_t end);

/* ---- PyVectorcall ---------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyVectorcall_Call(PyObject *callable, PyObject *tuple, PyObject *dict);
void *PyVectorcall_Function(PyObject *callable);
RC_NO_EFFECT Py_ssize_t PyVectorcall_NARGS(size_t n);

/* ---- PyWeakref ------------------------------------------------------------------------------------------- */
void _PyWeakref_ClearRef(void *self);
RC_RETURNS_BORROWED PyObject *PyWeakref_GET_OBJECT(PyObject *ref_obj);
RC_RETURNS_BORROWED PyObject *PyWeakref_GetObject(PyObject *ref);
RC_RAISES Py_ssize_t _PyWeakref_GetWeakrefCount(void *head);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyWeakref_NewProxy(PyObject *ob, PyObject *callback);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyWeakref_NewRef(PyObject *ob, PyObject *callback);

/* ---- PyWrapper ------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyWrapper_New(PyObject *d, RC_KEEPS PyObject *self);

/* ---- macros in some versions, functions in others --------------------------------------------------------------------- */
RC_RETURNS_BORROWED_FROM(list) PyObject *PyList_GET_ITEM(RC_NONNULL PyObject *list, Py_ssize_t i);
RC_RETURNS_BORROWED_FROM(tuple) PyObject *PyTuple_GET_ITEM(RC_NONNULL PyObject *tuple, Py_ssize_t i);
RC_RETURNS_BORROWED_FROM(seq) PyObject *PySequence_Fast_GET_ITEM(RC_NONNULL PyObject *seq, Py_ssize_t i);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyArg_MakeTuple(PyObject *args, Py_ssize_t n);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_FORMAT(build, 1) PyObject *Py_BuildValue(const char *format, ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 2) int PyArg_ParseTuple(PyObject *args, const char *format, ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 2) int PyArg_Parse(PyObject *args, const char *format, ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 3) int PyArg_ParseTupleAndKeywords(PyObject *args, PyObject *kwargs,
    const char *format, char **keywords, ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_FORMAT(build, 2) RC_CALLS_OUT PyObject *PyObject_CallFunction(PyObject *callable,
    const char *format, ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_FORMAT(build, 3) RC_CALLS_OUT PyObject *PyObject_CallMethod(PyObject *o,
    const char *name, const char *format, ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_FORMAT(build, 3) RC_CALLS_OUT PyObject *_PyObject_CallMethodId(PyObject *o,
    void *name, const char *format, ...);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES RC_CALLS_OUT PyObject *PyEval_CallObject(RC_NONNULL PyObject *callable, PyObject *args);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyObject_New(PyTypeObject *type);
void PyObject_Del(RC_RELEASES void *o);
void _Py_DECREF_SPECIALIZED(RC_RELEASES RC_NONNULL PyObject *o, const void *destroy);
void _Py_DECREF_NO_DEALLOC(RC_RELEASES RC_NONNULL PyObject *o);
void _Py_DECREF(RC_RELEASES RC_NONNULL PyObject *o);
void _Py_XDECREF(RC_RELEASES PyObject *o);
void _Py_INCREF(RC_RETAINS RC_NONNULL PyObject *o);
void _Py_XINCREF(RC_RETAINS PyObject *o);
int Py_Is(PyObject *o, PyObject *v);

/* ---- since 3.12, 3.13 and 3.14 ------------------------------------------------------------------------------------------- */
RC_RETURNS_NEW RC_NULLABLE PyObject *PyErr_GetRaisedException(void);
void PyErr_SetRaisedException(RC_STEALS PyObject *exception);
void PyErr_SetHandledException(PyObject *exception);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyType_FromMetaclass(PyTypeObject *metaclass, PyObject *module, void *spec,
    PyObject *bases);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyType_GetDict(PyTypeObject *type);
RC_RAISES int PyModule_Add(PyObject *module, const char *name, RC_STEALS PyObject *value);
RC_RAISES int PyDict_GetItemRef(PyObject *dict, PyObject *key, RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES int PyDict_GetItemStringRef(PyObject *dict, const char *key, RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES int PyDict_SetDefaultRef(PyObject *dict, RC_KEEPS PyObject *key, RC_KEEPS PyObject *value,
    RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES int PyDict_Pop(PyObject *dict, PyObject *key, RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES int PyDict_PopString(PyObject *dict, const char *key, RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES int PyDict_ContainsString(PyObject *dict, const char *key);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyList_GetItemRef(PyObject *list, Py_ssize_t i);
RC_RAISES int PyList_Extend(PyObject *list, PyObject *iterable);
RC_RAISES int PyList_Clear(PyObject *list);
RC_RAISES int PyObject_GetOptionalAttr(PyObject *o, PyObject *name, RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES int PyObject_GetOptionalAttrString(PyObject *o, const char *name, RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES int PyObject_HasAttrWithError(PyObject *o, PyObject *name);
RC_RAISES int PyObject_HasAttrStringWithError(PyObject *o, const char *name);
RC_RAISES int PyMapping_GetOptionalItem(PyObject *o, PyObject *key, RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES int PyMapping_GetOptionalItemString(PyObject *o, const char *key, RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES int PyMapping_HasKeyWithError(PyObject *o, PyObject *key);
RC_RAISES int PyMapping_HasKeyStringWithError(PyObject *o, const char *key);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyImport_AddModuleRef(const char *name);
RC_RAISES int PyWeakref_GetRef(PyObject *reference, RC_OUT RC_NULLABLE PyObject **result);
RC_RETURNS_NEW PyObject *Py_GetConstant(unsigned constant);
RC_RETURNS_BORROWED PyObject *Py_GetConstantBorrowed(unsigned constant);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyEval_GetFrameBuiltins(void);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyEval_GetFrameGlobals(void);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyEval_GetFrameLocals(void);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyType_GetModuleName(PyTypeObject *type);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyType_GetFullyQualifiedName(PyTypeObject *type);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyType_GetModuleByToken(PyTypeObject *type, const void *token);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_FromInt32(int value);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_FromInt64(long long value);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_FromUInt32(unsigned value);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyLong_FromUInt64(unsigned long long value);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyUnicodeWriter_Finish(void *writer);
RC_RAISES RC_FAILS(0) int PyUnicode_EqualToUTF8(PyObject *o, const char *s);
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyTuple_FromArray(PyObject *const *items, Py_ssize_t n);
int PyIter_NextItem(RC_NONNULL PyObject *iterator, RC_OUT RC_NULLABLE PyObject **item);
