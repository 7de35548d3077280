/* SPDX-License-Identifier: MIT
 *
 * CPython 3.8 to 3.14: what each function of its C API does to references.
 *
 * Facts come from the reference manual, Doc/data/refcounts.dat, Misc/stable_abi.toml and the headers' prototypes
 * (Python Software Foundation License); no text of theirs is here. Those say what results are; stolen and kept
 * arguments, and what NULL does, are by hand from the manual's prose and the interpreter's behaviour.
 *
 * A contract is found by the name that is left after macro expansion: PyArg_ParseTuple becomes _PyArg_ParseTuple_SizeT
 * under PY_SSIZE_T_CLEAN, so both are here; Py_CLEAR and Py_SETREF become code over Py_DECREF and need none.
 * Groups follow the interpreter's headers.
 */
#include <recount_annotations.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

/* What a version lacks is left out once PY_VERSION_HEX is defined; otherwise all of 3.8 to 3.14 is here. */
#ifdef PY_VERSION_HEX
# define SINCE(major, minor)  (PY_VERSION_HEX >= ((major) << 24 | (minor) << 16))
# define BEFORE(major, minor) (PY_VERSION_HEX < ((major) << 24 | (minor) << 16))
#else
# define SINCE(major, minor)  1
# define BEFORE(major, minor) 1
#endif

/* clang-format off: a row per function reads as a table */

/* The results that most functions have: a new reference, or NULL with an exception set; NULL always, the exception
 * being what the call is for; no return at all. */
#define NEW_REF     RC_RETURNS_NEW RC_NULLABLE RC_RAISES
#define ALWAYS_NULL RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES RC_FAILS(1)
#define NO_RETURN   __attribute__((noreturn))

/* ---- types ---------------------------------------------------------------------------------------------- */
typedef ptrdiff_t Py_ssize_t;
typedef Py_ssize_t Py_hash_t;
typedef uint32_t Py_UCS4;
typedef wchar_t Py_UNICODE;
typedef struct { double real, imag; } Py_complex;
typedef struct _object { Py_ssize_t ob_refcnt; struct _typeobject *ob_type; } PyObject;
typedef struct { PyObject ob_base; Py_ssize_t ob_size; } PyVarObject;
typedef struct _typeobject PyTypeObject;
RC_OBJECT_TYPE(PyObject, Py_INCREF, Py_DECREF);
RC_DESCRIBES("Python.h structmember.h frameobject.h marshal.h datetime.h");

/* ---- memory: each domain may have an allocator of its own --------------------------------------------------- */
RC_ALLOCATOR(c, "malloc calloc realloc strdup strndup", "free realloc");
RC_ALLOCATOR(raw, "PyMem_RawMalloc PyMem_RawCalloc PyMem_RawRealloc _PyMem_RawStrdup", "PyMem_RawFree PyMem_RawRealloc");
RC_ALLOCATOR(memory, "PyMem_Malloc PyMem_Calloc PyMem_Realloc _PyMem_Strdup", "PyMem_Free PyMem_Realloc");
RC_ALLOCATOR(object, "PyObject_Malloc PyObject_Calloc PyObject_Realloc _PyObject_New _PyObject_NewVar",
             "PyObject_Free PyObject_Realloc");
RC_ALLOCATOR(collected, "_PyObject_GC_New _PyObject_GC_NewVar _PyObject_GC_Malloc _PyObject_GC_Resize",
             "PyObject_GC_Del");
RC_KIND(resources, "bufferinfo Py_buffer");
RC_KIND(counts_arguments, "PyTuple_Pack");
RC_KIND(ends_with_null, "PyObject_CallFunctionObjArgs PyObject_CallMethodObjArgs");
RC_KIND(takes_keywords, "PyArg_ParseTupleAndKeywords _PyArg_ParseTupleAndKeywords_SizeT");
RC_KIND(wide_lengths, "_PyArg_Parse_SizeT _PyArg_ParseTuple_SizeT _PyArg_ParseTupleAndKeywords_SizeT");
RC_KIND(borrows_entry, "PyList_GetItem PyList_GET_ITEM PyDict_GetItem PyDict_GetItemWithError PyDict_GetItemString");
RC_KIND(runs_code,
        "PyObject_Call PyObject_CallObject PyObject_CallNoArgs PyObject_CallOneArg PyObject_CallFunction "
        "_PyObject_CallFunction_SizeT PyObject_CallMethod _PyObject_CallMethod_SizeT PyObject_CallFunctionObjArgs "
        "PyObject_CallMethodObjArgs PyObject_CallMethodNoArgs PyObject_CallMethodOneArg PyObject_Vectorcall "
        "PyObject_VectorcallMethod PyObject_VectorcallDict PyObject_RichCompare PyObject_RichCompareBool "
        "PyEval_SaveThread");
RC_KIND(untracks, "PyObject_GC_UnTrack _PyObject_GC_UNTRACK PyObject_GC_Del");

/* What costs: calls that copy all of what they add to, that search, that look up or that build a whole sequence; and those
 * that a loop over elements makes beside its work. */
RC_KIND(appends_by_copy, "PyUnicode_Append PyUnicode_AppendAndDel PyBytes_Concat PyBytes_ConcatAndDel _PyTuple_Resize");
RC_KIND(concatenates, "PyUnicode_Concat PySequence_Concat PySequence_InPlaceConcat PyByteArray_Concat");
RC_KIND(looks_up,
        "PyObject_GetAttr PyObject_GetAttrString PyImport_ImportModule PyImport_AddModule PyDict_GetItemString "
        "PyMapping_GetItemString PySys_GetObject PyModule_GetDict PyState_FindModule");
RC_KIND(searches, "PySequence_Contains PySequence_In PySequence_Index PySequence_Count");
RC_KIND(hashed, "PySet_New PyFrozenSet_New PyDict_New PyDict_Copy");
RC_KIND(makes_constants,
        "PyUnicode_FromString PyUnicode_FromStringAndSize PyBytes_FromString PyBytes_FromStringAndSize "
        "PyUnicode_InternFromString PyLong_FromLong PyLong_FromSsize_t PyLong_FromUnsignedLong PyFloat_FromDouble");
RC_KIND(appends, "PyList_Append");
RC_KIND(materialises,
        "PyDict_Keys PyDict_Values PyDict_Items PyMapping_Keys PyMapping_Values PyMapping_Items PySequence_List "
        "PySequence_Tuple");
RC_KIND(elements, "PyList_GetItem PyList_GET_ITEM PyTuple_GetItem PyTuple_GET_ITEM PySequence_Fast_GET_ITEM");
RC_KIND(iterates, "PyObject_GetIter PySequence_Fast");
RC_KIND(bookkeeping,
        "PyList_Size PyList_GET_SIZE PyTuple_Size PyTuple_GET_SIZE Py_SIZE PyType_HasFeature PyObject_TypeCheck "
        "Py_IS_TYPE Py_TYPE Py_INCREF Py_DECREF Py_XINCREF Py_XDECREF PyErr_Occurred __assert_fail");

/* Results that refer to no other object: numbers and texts. */
RC_KIND(leaves,
        "PyBool_FromLong PyByteArray_Concat PyByteArray_FromObject PyByteArray_FromStringAndSize PyBytes_DecodeEscape "
        "PyBytes_FromFormat PyBytes_FromFormatV PyBytes_FromObject PyBytes_FromString "
        "PyBytes_FromStringAndSize PyBytes_Join PyBytes_Repr PyComplex_FromDoubles PyFloat_FromDouble "
        "PyFloat_FromString PyFloat_GetInfo PyLong_FromDouble PyLong_FromInt32 PyLong_FromInt64 "
        "PyLong_FromLong PyLong_FromLongLong PyLong_FromNativeBytes PyLong_FromSize_t PyLong_FromSsize_t "
        "PyLong_FromString PyLong_FromUInt32 PyLong_FromUInt64 PyLong_FromUnicodeObject "
        "PyLong_FromUnsignedLong PyLong_FromUnsignedLongLong PyLong_FromUnsignedNativeBytes "
        "PyLong_FromVoidPtr PyLong_GetInfo PyUnicode_AsASCIIString PyUnicode_AsCharmapString "
        "PyUnicode_AsDecodedObject PyUnicode_AsDecodedUnicode PyUnicode_AsEncodedObject "
        "PyUnicode_AsEncodedString PyUnicode_AsEncodedUnicode PyUnicode_AsLatin1String PyUnicode_AsMBCSString "
        "PyUnicode_AsRawUnicodeEscapeString PyUnicode_AsUTF16String PyUnicode_AsUTF32String "
        "PyUnicode_AsUTF8String PyUnicode_AsUnicodeEscapeString PyUnicode_BuildEncodingMap PyUnicode_Concat "
        "PyUnicode_Decode PyUnicode_DecodeASCII PyUnicode_DecodeCharmap PyUnicode_DecodeCodePageStateful "
        "PyUnicode_DecodeFSDefault PyUnicode_DecodeFSDefaultAndSize PyUnicode_DecodeLatin1 "
        "PyUnicode_DecodeLocale PyUnicode_DecodeLocaleAndSize PyUnicode_DecodeMBCS "
        "PyUnicode_DecodeMBCSStateful PyUnicode_DecodeRawUnicodeEscape PyUnicode_DecodeUTF16 "
        "PyUnicode_DecodeUTF16Stateful PyUnicode_DecodeUTF32 PyUnicode_DecodeUTF32Stateful "
        "PyUnicode_DecodeUTF7 PyUnicode_DecodeUTF7Stateful PyUnicode_DecodeUTF8 PyUnicode_DecodeUTF8Stateful "
        "PyUnicode_DecodeUnicodeEscape PyUnicode_Encode PyUnicode_EncodeASCII PyUnicode_EncodeCharmap "
        "PyUnicode_EncodeCodePage PyUnicode_EncodeFSDefault PyUnicode_EncodeLatin1 PyUnicode_EncodeLocale "
        "PyUnicode_EncodeRawUnicodeEscape PyUnicode_EncodeUTF16 PyUnicode_EncodeUTF32 PyUnicode_EncodeUTF7 "
        "PyUnicode_EncodeUTF8 PyUnicode_EncodeUnicodeEscape PyUnicode_Format PyUnicode_FromEncodedObject "
        "PyUnicode_FromFormat PyUnicode_FromFormatV PyUnicode_FromKindAndData PyUnicode_FromObject "
        "PyUnicode_FromOrdinal PyUnicode_FromString PyUnicode_FromStringAndSize PyUnicode_FromUnicode "
        "PyUnicode_FromWideChar PyUnicode_InternFromString PyUnicode_Join PyUnicode_New PyUnicode_Replace "
        "PyUnicode_RichCompare PyUnicode_Substring PyUnicode_TransformDecimalToASCII PyUnicode_Translate");

/* Given what they ask for, these fail only where memory has run out, or where a hook refuses what it is told of. */
RC_KIND(fails_rarely,
        "malloc calloc realloc strdup strndup PyMem_RawMalloc PyMem_RawCalloc PyMem_RawRealloc _PyMem_RawStrdup "
        "_PyMem_RawWcsdup PyMem_Malloc PyMem_Calloc PyMem_Realloc _PyMem_Strdup PyObject_Malloc PyObject_Calloc "
        "PyObject_Realloc _PyObject_New _PyObject_NewVar _PyObject_GC_New _PyObject_GC_NewVar _PyObject_GC_Malloc "
        "_PyObject_GC_Calloc _PyObject_GC_Resize PyType_GenericAlloc PyType_GenericNew _PyType_AllocNoTrack tp_alloc "
        "PyBool_FromLong PyByteArray_Resize PyByteArray_AsString PyByteArray_FromStringAndSize PyBytes_AsString PyBytes_AsStringAndSize "
        "PyBytes_FromString PyBytes_FromStringAndSize PyCFunction_New PyCFunction_NewEx PyCMethod_New "
        "PyCapsule_New PyCapsule_SetContext PyCapsule_SetDestructor PyCell_New PyCode_NewEmpty PyComplex_FromCComplex "
        "PyComplex_FromDoubles PyDictProxy_New PyDict_Copy PyDict_DelItemString PyDict_Items PyDict_Keys PyDict_New "
        "PyDict_SetItemString PyDict_Size PyDict_Values PyErr_NewException PyErr_NewExceptionWithDoc PyErr_NoMemory "
        "_PyErr_NoMemory PyFloat_FromDouble PyFrame_New PyList_Append PyList_AsTuple PyList_GetItem PyList_GetSlice "
        "PyList_Insert PyList_New PyList_Reverse PyList_SetItem PyList_Size PyLong_FromLong PyLong_FromLongLong "
        "PyLong_FromSize_t PyLong_FromSsize_t PyLong_FromUnsignedLong PyLong_FromUnsignedLongLong PyLong_FromVoidPtr "
        "PyMethod_New PyModule_AddIntConstant PyModule_AddObject PyModule_AddObjectRef PyModule_AddStringConstant "
        "PyModule_AddType PyModule_Create2 Py_InitModule4 Py_InitModule4_64 PyModule_GetDict PyModule_GetState PyModule_New PySeqIter_New PySet_Size "
        "PySlice_New PyStructSequence_InitType2 PyStructSequence_New PyStructSequence_NewType PySys_Audit "
        "PySys_SetObject PyThread_allocate_lock PyTuple_GetItem PyTuple_GetSlice PyTuple_New PyTuple_Pack "
        "PyTuple_SetItem PyTuple_Size PyType_FromModuleAndSpec PyType_FromSpec PyType_FromSpecWithBases "
        "PyType_GetModule PyType_GetModuleState PyType_GetName PyType_GetQualName PyType_Ready "
        "PyUnicode_AsWideCharString PyUnicode_Concat PyUnicode_FromKindAndData PyUnicode_FromWideChar PyUnicode_Join "
        "PyUnicode_New PyUnicode_READY PyUnicode_ReadChar PyUnicode_Substring PyUnicode_WriteChar _PyBytes_Resize "
        "_PyTuple_Resize _PyUnicode_FromASCII _PyUnicode_FromId _PyUnicode_Ready");
/* So do these when their first argument is a text in the source: what is malformed fails always. */
RC_KIND(reads_text,
        "PyUnicode_FromString PyUnicode_FromStringAndSize PyUnicode_InternFromString PyUnicode_DecodeUTF8 "
        "PyUnicode_Decode PyUnicode_DecodeASCII PyUnicode_FromFormat PyLong_FromString Py_BuildValue _Py_BuildValue_SizeT");
/* What they give is found somewhere that most often holds it still. */
RC_KIND(looks_up,
        "PyObject_GetAttr PyObject_GetAttrString _PyObject_GetAttrId PyObject_GetItem PyMapping_GetItemString "
        "PyImport_ImportModule PyImport_Import PyImport_GetModule");
/* What is evaluated for these alone is no part of a program that is built to be used. */
RC_KIND(asserts, "assert _PyObject_ASSERT _PyObject_ASSERT_WITH_MSG");

/* Containers whose slots are written in place by macros of 3.8 to 3.10. */
typedef struct { PyVarObject ob_base; RC_STRONG PyObject **ob_item; Py_ssize_t allocated; } PyListObject;
typedef struct { PyVarObject ob_base; RC_STRONG PyObject *ob_item[1]; } PyTupleObject;

/* Counted, and otherwise opaque here. */
typedef struct PyCodeObject { PyObject ob_base; } PyCodeObject;
typedef struct _frame { PyObject ob_base; } PyFrameObject;
typedef struct _longobject { PyVarObject ob_base; } PyLongObject;
typedef struct _PyWeakReference { PyObject ob_base; } PyWeakReference;
typedef struct { PyObject ob_base; } PyDictObject;
typedef struct { PyObject ob_base; } PySliceObject;

/* Not counted. */
typedef struct bufferinfo Py_buffer;
typedef struct _ts PyThreadState;
typedef struct _is PyInterpreterState;
typedef struct PyModuleDef PyModuleDef;
typedef struct PyMemberDef PyMemberDef;
typedef struct PyConfig PyConfig;
typedef struct PyPreConfig PyPreConfig;
typedef struct PyType_Spec PyType_Spec;
typedef struct PyStructSequence_Desc PyStructSequence_Desc;
typedef struct PyCompilerFlags PyCompilerFlags;
typedef struct PyMemAllocatorEx PyMemAllocatorEx;
typedef struct PyObjectArenaAllocator PyObjectArenaAllocator;
typedef struct PyHash_FuncDef PyHash_FuncDef;
typedef struct _Py_Identifier _Py_Identifier;
typedef struct _Py_tss_t Py_tss_t;
typedef struct _PyUnicodeWriter _PyUnicodeWriter;
typedef struct _PyBytesWriter _PyBytesWriter;
typedef struct _PyCrossInterpreterData _PyCrossInterpreterData;
typedef struct _line_offsets PyCodeAddressRange;
typedef struct _err_stackitem _PyErr_StackItem;
typedef struct { int status; } PyStatus;
typedef void *PyThread_type_lock;
typedef enum { PyMem_Domain } PyMemAllocatorDomain;
typedef enum { PyGILState_LOCKED, PyGILState_UNLOCKED } PyGILState_STATE;
typedef enum { PY_LOCK_FAILURE, PY_LOCK_ACQUIRED, PY_LOCK_INTR } PyLockStatus;
typedef enum { PYGEN_RETURN = 0, PYGEN_ERROR = -1, PYGEN_NEXT = 1 } PySendResult;
enum PyUnicode_Kind { PyUnicode_1BYTE_KIND = 1, PyUnicode_2BYTE_KIND = 2, PyUnicode_4BYTE_KIND = 4 };
struct _inittab;
struct _PyArg_Parser;
struct _PyInterpreterFrame;
struct wrapperbase;
struct lconv;

/* ---- function types: a new reference is what the interpreter expects of every one that returns an object ---- */
typedef NEW_REF PyObject *(*unaryfunc)(PyObject *self);
typedef NEW_REF PyObject *(*binaryfunc)(PyObject *self, PyObject *other);
typedef NEW_REF PyObject *(*ternaryfunc)(PyObject *self, PyObject *other, PyObject *third);
typedef NEW_REF PyObject *(*ssizeargfunc)(PyObject *self, Py_ssize_t n);
typedef RC_RAISES int (*inquiry)(PyObject *self);
typedef RC_RAISES Py_ssize_t (*lenfunc)(PyObject *self);
typedef RC_RAISES int (*ssizeobjargproc)(PyObject *self, Py_ssize_t index, PyObject *value);
typedef RC_RAISES int (*objobjargproc)(PyObject *self, PyObject *key, PyObject *value);
typedef RC_RAISES int (*objobjproc)(PyObject *self, PyObject *value);
typedef int (*visitproc)(PyObject *object, void *arg);
typedef int (*traverseproc)(PyObject *self, visitproc visit, void *arg);
typedef void (*freefunc)(RC_RELEASES void *memory);
typedef void (*destructor)(RC_RELEASES PyObject *self);
typedef NEW_REF PyObject *(*getattrfunc)(PyObject *self, char *name);
typedef NEW_REF PyObject *(*getattrofunc)(PyObject *self, PyObject *name);
typedef RC_RAISES int (*setattrfunc)(PyObject *self, char *name, PyObject *value);
typedef RC_RAISES int (*setattrofunc)(PyObject *self, PyObject *name, PyObject *value);
typedef NEW_REF PyObject *(*reprfunc)(PyObject *self);
typedef RC_RAISES Py_hash_t (*hashfunc)(PyObject *self);
typedef NEW_REF PyObject *(*richcmpfunc)(PyObject *self, PyObject *other, int op);
typedef NEW_REF PyObject *(*getiterfunc)(PyObject *self);
typedef RC_RETURNS_NEW RC_NULLABLE PyObject *(*iternextfunc)(PyObject *self);   /* NULL alone ends the iteration */
typedef NEW_REF PyObject *(*descrgetfunc)(PyObject *self, PyObject *object, PyObject *type);
typedef RC_RAISES int (*descrsetfunc)(PyObject *self, PyObject *object, PyObject *value);
typedef RC_REPEATS RC_RAISES int (*initproc)(PyObject *self, PyObject *args, PyObject *kwargs);
typedef NEW_REF PyObject *(*newfunc)(PyTypeObject *type, PyObject *args, PyObject *kwargs);
typedef NEW_REF PyObject *(*allocfunc)(PyTypeObject *type, Py_ssize_t nitems);
typedef NEW_REF PyObject *(*getter)(PyObject *self, void *closure);
typedef RC_RAISES int (*setter)(PyObject *self, PyObject *value, void *closure);
typedef NEW_REF PyObject *(*PyCFunction)(PyObject *self, PyObject *args);
typedef NEW_REF PyObject *(*PyCFunctionWithKeywords)(PyObject *self, PyObject *args, PyObject *kwargs);
typedef NEW_REF PyObject *(*PyCFunctionFast)(PyObject *self, PyObject *const *args, Py_ssize_t nargs);
typedef NEW_REF PyObject *(*PyCFunctionFastWithKeywords)(PyObject *self, PyObject *const *args, Py_ssize_t nargs,
        PyObject *kwnames);
typedef NEW_REF PyObject *(*vectorcallfunc)(PyObject *callable, PyObject *const *args, size_t nargsf,
        PyObject *kwnames);
typedef RC_RAISES int (*getbufferproc)(PyObject *exporter, RC_RETAINS_ON_SUCCESS Py_buffer *view, int flags);
typedef void (*releasebufferproc)(PyObject *exporter, Py_buffer *view);
typedef void (*PyCapsule_Destructor)(PyObject *capsule);
typedef void (*PyOS_sighandler_t)(int signal);
typedef int (*Py_tracefunc)(PyObject *object, PyFrameObject *frame, int what, PyObject *arg);
typedef int (*Py_AuditHookFunction)(const char *event, PyObject *args, void *data);
typedef NEW_REF PyObject *(*Py_OpenCodeHookFunction)(PyObject *path, void *data);
typedef NEW_REF PyObject *(*_PyFrameEvalFunction)(PyThreadState *tstate, struct _PyInterpreterFrame *frame,
        int throwflag);
typedef int (*crossinterpdatafunc)(PyObject *object, _PyCrossInterpreterData *data);

/* ---- tables: what a function stored in one must do, and what a call through one does ---------------------- */
/* Each field says it anew: a field's annotations are what is read, not those of its typedef. */
#define UNARY(name)   NEW_REF PyObject *(*name)(PyObject *self)
#define BINARY(name)  NEW_REF PyObject *(*name)(PyObject *self, PyObject *other)
#define TERNARY(name) NEW_REF PyObject *(*name)(PyObject *self, PyObject *other, PyObject *third)
#define INDEXED(name) NEW_REF PyObject *(*name)(PyObject *self, Py_ssize_t n)
typedef struct {
    BINARY(nb_add); BINARY(nb_subtract); BINARY(nb_multiply); BINARY(nb_remainder); BINARY(nb_divmod);
    TERNARY(nb_power); UNARY(nb_negative); UNARY(nb_positive); UNARY(nb_absolute);
    RC_RAISES int (*nb_bool)(PyObject *self); UNARY(nb_invert); BINARY(nb_lshift); BINARY(nb_rshift);
    BINARY(nb_and); BINARY(nb_xor); BINARY(nb_or); UNARY(nb_int); void *nb_reserved; UNARY(nb_float);
    BINARY(nb_inplace_add); BINARY(nb_inplace_subtract); BINARY(nb_inplace_multiply); BINARY(nb_inplace_remainder);
    TERNARY(nb_inplace_power); BINARY(nb_inplace_lshift); BINARY(nb_inplace_rshift); BINARY(nb_inplace_and);
    BINARY(nb_inplace_xor); BINARY(nb_inplace_or); BINARY(nb_floor_divide); BINARY(nb_true_divide);
    BINARY(nb_inplace_floor_divide); BINARY(nb_inplace_true_divide); UNARY(nb_index);
    BINARY(nb_matrix_multiply); BINARY(nb_inplace_matrix_multiply);
} PyNumberMethods;
typedef struct {
    RC_RAISES Py_ssize_t (*sq_length)(PyObject *self);
    BINARY(sq_concat); INDEXED(sq_repeat); INDEXED(sq_item); void *was_sq_slice;
    RC_RAISES int (*sq_ass_item)(PyObject *self, Py_ssize_t index, PyObject *value); void *was_sq_ass_slice;
    RC_RAISES int (*sq_contains)(PyObject *self, PyObject *value);
    BINARY(sq_inplace_concat); INDEXED(sq_inplace_repeat);
} PySequenceMethods;
typedef struct {
    RC_RAISES Py_ssize_t (*mp_length)(PyObject *self);
    BINARY(mp_subscript);
    RC_RAISES int (*mp_ass_subscript)(PyObject *self, PyObject *key, PyObject *value);
} PyMappingMethods;
typedef struct {
    UNARY(am_await); UNARY(am_aiter); UNARY(am_anext);
    PySendResult (*am_send)(PyObject *self, PyObject *value, RC_OUT RC_NULLABLE PyObject **result);
} PyAsyncMethods;
typedef struct {
    RC_RAISES int (*bf_getbuffer)(PyObject *exporter, RC_RETAINS_ON_SUCCESS Py_buffer *view, int flags);
    void (*bf_releasebuffer)(PyObject *exporter, Py_buffer *view);
} PyBufferProcs;

typedef struct PyMethodDef {
    const char *ml_name;
    NEW_REF PyObject *(*ml_meth)(PyObject *self, PyObject *args);
    int ml_flags;
    const char *ml_doc;
} PyMethodDef;
typedef struct PyGetSetDef {
    const char *name;
    NEW_REF PyObject *(*get)(PyObject *self, void *closure);
    RC_RAISES int (*set)(PyObject *self, PyObject *value, void *closure);
    const char *doc;
    void *closure;
} PyGetSetDef;

/* Methods, accessors and constructors whose table stands in another file. */
RC_ROLE NEW_REF PyObject *method_role(PyObject *self, PyObject *args);
RC_ROLE NEW_REF PyObject *keyword_method_role(PyObject *self, PyObject *args, PyObject *kwargs);
RC_ROLE NEW_REF PyObject *fast_method_role(PyObject *self, PyObject *const *args, Py_ssize_t nargs);
RC_ROLE NEW_REF PyObject *fast_keyword_method_role(PyObject *self, PyObject *const *args, Py_ssize_t nargs,
                                                   PyObject *kwnames);
RC_ROLE NEW_REF PyObject *getter_role(PyObject *self, void *closure);
RC_ROLE NEW_REF PyObject *constructor_role(PyTypeObject *type, PyObject *args, PyObject *kwargs);
RC_ROLE RC_RAISES int setter_role(PyObject *self, PyObject *value, void *closure);
RC_ROLE RC_REPEATS RC_RAISES int initialiser_role(PyObject *self, PyObject *args, PyObject *kwargs);

struct _typeobject {
    PyVarObject ob_base;
    const char *tp_name;
    Py_ssize_t tp_basicsize, tp_itemsize;
    void (*tp_dealloc)(PyObject *self);
    Py_ssize_t tp_vectorcall_offset;
    NEW_REF PyObject *(*tp_getattr)(PyObject *self, char *name);
    RC_RAISES int (*tp_setattr)(PyObject *self, char *name, PyObject *value);
    PyAsyncMethods *tp_as_async;
    NEW_REF PyObject *(*tp_repr)(PyObject *self);
    PyNumberMethods *tp_as_number;
    PySequenceMethods *tp_as_sequence;
    PyMappingMethods *tp_as_mapping;
    RC_RAISES Py_hash_t (*tp_hash)(PyObject *self);
    NEW_REF PyObject *(*tp_call)(PyObject *self, PyObject *args, PyObject *kwargs);
    NEW_REF PyObject *(*tp_str)(PyObject *self);
    NEW_REF PyObject *(*tp_getattro)(PyObject *self, PyObject *name);
    RC_RAISES int (*tp_setattro)(PyObject *self, PyObject *name, PyObject *value);
    PyBufferProcs *tp_as_buffer;
    unsigned long tp_flags;
    const char *tp_doc;
    int (*tp_traverse)(PyObject *self, visitproc visit, void *arg);
    int (*tp_clear)(PyObject *self);
    NEW_REF PyObject *(*tp_richcompare)(PyObject *self, PyObject *other, int op);
    Py_ssize_t tp_weaklistoffset;
    NEW_REF PyObject *(*tp_iter)(PyObject *self);
    RC_RETURNS_NEW RC_NULLABLE PyObject *(*tp_iternext)(PyObject *self);
    PyMethodDef *tp_methods;
    PyMemberDef *tp_members;
    PyGetSetDef *tp_getset;
    RC_STRONG PyTypeObject *tp_base;
    RC_STRONG PyObject *tp_dict;
    NEW_REF PyObject *(*tp_descr_get)(PyObject *self, PyObject *object, PyObject *type);
    RC_RAISES int (*tp_descr_set)(PyObject *self, PyObject *object, PyObject *value);
    Py_ssize_t tp_dictoffset;
    RC_REPEATS RC_RAISES int (*tp_init)(PyObject *self, PyObject *args, PyObject *kwargs);
    NEW_REF PyObject *(*tp_alloc)(PyTypeObject *type, Py_ssize_t nitems);
    NEW_REF PyObject *(*tp_new)(PyTypeObject *type, PyObject *args, PyObject *kwargs);
    void (*tp_free)(RC_RELEASES void *memory);
    int (*tp_is_gc)(PyObject *self);
    RC_STRONG PyObject *tp_bases, *tp_mro;
    void (*tp_finalize)(PyObject *self);
    NEW_REF PyObject *(*tp_vectorcall)(PyObject *callable, PyObject *const *args, size_t nargsf, PyObject *kwnames);
};

/* datetime.h calls through the table that PyDateTime_IMPORT fetches. */
typedef struct {
    NEW_REF PyObject *(*Date_FromDate)(int year, int month, int day, PyTypeObject *type);
    NEW_REF PyObject *(*DateTime_FromDateAndTime)(int year, int month, int day, int hour, int minute, int second,
            int usecond, RC_KEEPS PyObject *tzinfo, PyTypeObject *type);
    NEW_REF PyObject *(*Time_FromTime)(int hour, int minute, int second, int usecond, RC_KEEPS PyObject *tzinfo,
            PyTypeObject *type);
    NEW_REF PyObject *(*Delta_FromDelta)(int days, int seconds, int useconds, int normalize, PyTypeObject *type);
    NEW_REF PyObject *(*TimeZone_FromTimeZone)(RC_KEEPS PyObject *offset, RC_KEEPS PyObject *name);
    NEW_REF PyObject *(*DateTime_FromTimestamp)(PyObject *cls, PyObject *args, PyObject *kwargs);
    NEW_REF PyObject *(*Date_FromTimestamp)(PyObject *cls, PyObject *args);
    NEW_REF PyObject *(*DateTime_FromDateAndTimeAndFold)(int year, int month, int day, int hour, int minute, int second,
            int usecond, RC_KEEPS PyObject *tzinfo, int fold, PyTypeObject *type);
    NEW_REF PyObject *(*Time_FromTimeAndFold)(int hour, int minute, int second, int usecond, RC_KEEPS PyObject *tzinfo,
            int fold, PyTypeObject *type);
} PyDateTime_CAPI;
/* ---- references and objects -------------------------------------------------------------------------------- */
void Py_INCREF(RC_RETAINS RC_NONNULL PyObject *op);
void Py_DECREF(RC_RELEASES RC_NONNULL PyObject *op);
void Py_XINCREF(RC_RETAINS PyObject *op);
void Py_XDECREF(RC_RELEASES PyObject *op);
void Py_IncRef(RC_RETAINS PyObject *op);
void Py_DecRef(RC_RELEASES PyObject *op);
RC_RETURNS_ARG(op) PyObject *Py_NewRef(RC_RETAINS RC_NONNULL PyObject *op);
RC_RETURNS_ARG(op) PyObject *Py_XNewRef(RC_RETAINS PyObject *op);

/* What those expand to in one version or another. */
#if BEFORE(3, 11)
void _Py_INCREF(RC_RETAINS RC_NONNULL PyObject *op);
void _Py_XINCREF(RC_RETAINS PyObject *op);
void _Py_XDECREF(RC_RELEASES PyObject *op);
# if !SINCE(3, 9)
void _Py_DECREF(const char *filename, int line, RC_RELEASES RC_NONNULL PyObject *op);
# else
void _Py_DECREF(RC_RELEASES RC_NONNULL PyObject *op);
# endif
#endif
void _Py_IncRef(RC_RETAINS PyObject *op);
void _Py_DecRef(RC_RELEASES PyObject *op);
RC_RETURNS_ARG(op) PyObject *_Py_NewRef(RC_RETAINS RC_NONNULL PyObject *op);
RC_RETURNS_ARG(op) PyObject *_Py_XNewRef(RC_RETAINS PyObject *op);
#if SINCE(3, 13)
void _Py_SetRefcnt(PyObject *op, Py_ssize_t refcnt);
RC_RETURNS_NEW RC_KEEPS PyObject *Py_GetConstant(unsigned constant_id);
RC_RETURNS_BORROWED PyObject *Py_GetConstantBorrowed(unsigned constant_id);
#endif
#if SINCE(3, 14)
int PyUnstable_Object_IsUniqueReferencedTemporary(RC_NONNULL PyObject *op);
int PyUnstable_Object_IsUniquelyReferenced(RC_NONNULL PyObject *op);
int PyUnstable_IsImmortal(RC_NONNULL PyObject *op);
int PyUnstable_TryIncRef(RC_RETAINS_ON_SUCCESS RC_NONNULL PyObject *op);
void PyUnstable_EnableTryIncRef(RC_NONNULL PyObject *op);
#endif

/* ---- the object itself --------------------------------------------------------------------------------------- */
int Py_Is(PyObject *x, PyObject *y);
Py_ssize_t Py_REFCNT(RC_NONNULL PyObject *ob);
RC_NO_EFFECT PyTypeObject *Py_TYPE(RC_NONNULL PyObject *ob);
Py_ssize_t Py_SIZE(RC_NONNULL PyObject *ob);
RC_NO_EFFECT int Py_IS_TYPE(RC_NONNULL PyObject *ob, PyTypeObject *type);
void Py_SET_REFCNT(PyObject *ob, Py_ssize_t refcnt);
void Py_SET_SIZE(RC_NONNULL PyVarObject *ob, Py_ssize_t size);
NEW_REF PyObject *PyType_FromSpec(PyType_Spec *spec);
NEW_REF PyObject *PyType_FromSpecWithBases(PyType_Spec *spec, RC_KEEPS PyObject *bases);
void *PyType_GetSlot(PyTypeObject *type, int slot);
NEW_REF PyObject *PyType_FromModuleAndSpec(RC_KEEPS PyObject *module, PyType_Spec *spec, RC_KEEPS PyObject *bases);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *PyType_GetModule(PyTypeObject *type);
void *PyType_GetModuleState(PyTypeObject *type);
NEW_REF PyObject *PyType_GetName(PyTypeObject *type);
NEW_REF PyObject *PyType_GetQualName(PyTypeObject *type);
RC_NO_EFFECT int PyType_IsSubtype(PyTypeObject *a, PyTypeObject *b);
RC_NO_EFFECT int PyObject_TypeCheck(RC_NONNULL PyObject *ob, PyTypeObject *type);
RC_NO_EFFECT unsigned long PyType_GetFlags(PyTypeObject *type);
RC_SETS_UP RC_RAISES int PyType_Ready(RC_NONNULL PyTypeObject *type);
NEW_REF PyObject *PyType_GenericAlloc(PyTypeObject *type, Py_ssize_t nitems);
NEW_REF PyObject *PyType_GenericNew(PyTypeObject *type, PyObject *args, PyObject *kwds);
unsigned int PyType_ClearCache(void);
void PyType_Modified(PyTypeObject *type);
NEW_REF RC_CALLS_OUT PyObject *PyObject_Repr(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyObject_Str(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyObject_ASCII(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyObject_Bytes(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyObject_RichCompare(PyObject *o1, PyObject *o2, int opid);
RC_RAISES RC_CALLS_OUT int PyObject_RichCompareBool(PyObject *o1, PyObject *o2, int opid);
NEW_REF RC_CALLS_OUT PyObject *PyObject_GetAttrString(RC_NONNULL PyObject *o, RC_NONNULL const char *attr_name);
RC_RAISES RC_CALLS_OUT int PyObject_SetAttrString(RC_NONNULL PyObject *o, RC_NONNULL const char *name,
        RC_KEEPS PyObject *value);
RC_CALLS_OUT int PyObject_HasAttrString(RC_NONNULL PyObject *o, RC_NONNULL const char *attr_name);
NEW_REF RC_CALLS_OUT PyObject *PyObject_GetAttr(RC_NONNULL PyObject *o, RC_NONNULL PyObject *attr_name);
RC_RAISES RC_CALLS_OUT int PyObject_SetAttr(RC_NONNULL PyObject *o, RC_NONNULL PyObject *name,
        RC_KEEPS PyObject *value);
RC_CALLS_OUT int PyObject_HasAttr(RC_NONNULL PyObject *o, PyObject *attr_name);
RC_RETURNS_ARG(o) PyObject *PyObject_SelfIter(RC_RETAINS PyObject *o);
NEW_REF PyObject *PyObject_GenericGetAttr(PyObject *o, PyObject *name);
RC_RAISES int PyObject_GenericSetAttr(PyObject *o, PyObject *name, RC_KEEPS PyObject *value);
RC_RAISES int PyObject_GenericSetDict(PyObject *o, RC_KEEPS PyObject *value, void *context);
RC_RAISES RC_CALLS_OUT Py_hash_t PyObject_Hash(RC_NONNULL PyObject *o);
RC_RAISES RC_FAILS(1) Py_hash_t PyObject_HashNotImplemented(PyObject *o);
RC_RAISES RC_CALLS_OUT int PyObject_IsTrue(RC_NONNULL PyObject *o);
RC_RAISES RC_CALLS_OUT int PyObject_Not(RC_NONNULL PyObject *o);
RC_NO_EFFECT int PyCallable_Check(RC_NONNULL PyObject *o);
void PyObject_ClearWeakRefs(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyObject_Dir(PyObject *o);
NEW_REF PyObject *_PyObject_GetState(PyObject *o);
RC_RAISES int Py_ReprEnter(RC_KEEPS PyObject *object);
void Py_ReprLeave(PyObject *object);
void _Py_Dealloc(RC_RELEASES RC_NONNULL PyObject *o);
RC_NO_EFFECT int Py_IsNone(PyObject *x);
void _Py_NewReference(PyObject *op);
const char *_PyType_Name(PyTypeObject *type);
RC_RETURNS_BORROWED RC_NULLABLE RC_MAY_MISS PyObject *_PyType_Lookup(PyTypeObject *type, PyObject *name);
RC_RETURNS_BORROWED RC_NULLABLE RC_MAY_MISS PyObject *_PyType_LookupId(PyTypeObject *type, _Py_Identifier *name);
RC_RETURNS_NEW RC_NULLABLE PyObject *_PyObject_LookupSpecialId(PyObject *o, _Py_Identifier *id);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyTypeObject *_PyType_CalculateMetaclass(PyTypeObject *type, PyObject *o);
NEW_REF PyObject *_PyType_GetDocFromInternalDoc(const char *s, const char *s2);
NEW_REF PyObject *_PyType_GetTextSignatureFromInternalDoc(const char *s, const char *s2);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *PyType_GetModuleByDef(PyTypeObject *type, PyModuleDef *def);
RC_RAISES int PyObject_Print(PyObject *o, FILE *fp, int flags);
void _PyObject_Dump(PyObject *o);
int _PyObject_IsFreed(PyObject *o);
int _PyObject_IsAbstract(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *_PyObject_GetAttrId(PyObject *o, _Py_Identifier *name);
RC_RAISES RC_CALLS_OUT int _PyObject_SetAttrId(PyObject *o, _Py_Identifier *name, RC_KEEPS PyObject *value);
RC_RAISES RC_CALLS_OUT int _PyObject_LookupAttr(PyObject *o, PyObject *name, RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES RC_CALLS_OUT int _PyObject_LookupAttrId(PyObject *o, _Py_Identifier *name,
        RC_OUT RC_NULLABLE PyObject **result);
RC_CALLS_OUT RC_FAILS(result < 0) int _PyObject_GetMethod(PyObject *obj, PyObject *name,
        RC_OUT RC_NULLABLE PyObject **method);
PyObject **_PyObject_GetDictPtr(PyObject *obj);
ALWAYS_NULL PyObject *_PyObject_NextNotImplemented(PyObject *o);
RC_CALLS_OUT void PyObject_CallFinalizer(PyObject *o);
RC_CALLS_OUT int PyObject_CallFinalizerFromDealloc(PyObject *o);
NEW_REF PyObject *_PyObject_GenericGetAttrWithDict(PyObject *o, PyObject *name, PyObject *dict, int suppress);
RC_RAISES int _PyObject_GenericSetAttrWithDict(PyObject *o, PyObject *name, RC_KEEPS PyObject *value, PyObject *dict);
NEW_REF PyObject *_PyObject_FunctionStr(PyObject *o);
NO_RETURN void _PyObject_AssertFailed(PyObject *obj, const char *expr, const char *msg, const char *file, int line,
        const char *function);
int _PyObject_CheckConsistency(PyObject *op, int check_content);
int _PyTrash_begin(PyThreadState *tstate, PyObject *op);
void _PyTrash_end(PyThreadState *tstate);
int _PyTrash_cond(PyObject *op, destructor dealloc);
RC_NO_EFFECT int PyType_HasFeature(PyTypeObject *type, unsigned long feature);
RC_NO_EFFECT int PyType_Check(RC_NONNULL PyObject *op);
RC_NO_EFFECT int PyType_CheckExact(RC_NONNULL PyObject *op);
#if SINCE(3, 12)
NEW_REF PyObject *PyType_FromMetaclass(PyTypeObject *metaclass, PyObject *module, PyType_Spec *spec,
        RC_KEEPS PyObject *bases);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyType_GetDict(PyTypeObject *type);
RC_NULLABLE RC_RAISES void *PyObject_GetTypeData(PyObject *o, PyTypeObject *cls);
RC_RAISES Py_ssize_t PyType_GetTypeDataSize(PyTypeObject *cls);
RC_NULLABLE RC_RAISES void *PyObject_GetItemData(PyObject *o);
RC_RAISES int PyType_AddWatcher(int (*callback)(PyTypeObject *type));
RC_RAISES int PyType_Watch(int watcher_id, PyObject *type);
RC_RAISES int PyType_Unwatch(int watcher_id, PyObject *type);
RC_RAISES int PyType_ClearWatcher(int watcher_id);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyUnstable_Object_GC_NewWithExtraData(PyTypeObject *type, size_t extra);
#endif
#if SINCE(3, 13)
NEW_REF PyObject *PyType_GetFullyQualifiedName(PyTypeObject *type);
NEW_REF PyObject *PyType_GetModuleName(PyTypeObject *type);
RC_RAISES RC_CALLS_OUT int PyObject_DelAttr(RC_NONNULL PyObject *o, RC_NONNULL PyObject *name);
RC_RAISES RC_CALLS_OUT int PyObject_DelAttrString(RC_NONNULL PyObject *o, RC_NONNULL const char *name);
RC_RAISES RC_CALLS_OUT int PyObject_GetOptionalAttr(RC_NONNULL PyObject *o, RC_NONNULL PyObject *name,
        RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES RC_CALLS_OUT int PyObject_GetOptionalAttrString(RC_NONNULL PyObject *o, RC_NONNULL const char *name,
        RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES RC_CALLS_OUT int PyObject_HasAttrWithError(RC_NONNULL PyObject *o, RC_NONNULL PyObject *name);
RC_RAISES RC_CALLS_OUT int PyObject_HasAttrStringWithError(RC_NONNULL PyObject *o, RC_NONNULL const char *name);
RC_RAISES int PyObject_VisitManagedDict(PyObject *o, visitproc visit, void *arg);
void PyObject_ClearManagedDict(PyObject *o);
#endif
#if SINCE(3, 14)
RC_RAISES int PyType_GetBaseByToken(PyTypeObject *type, void *token, RC_OUT RC_NULLABLE PyTypeObject **result);
RC_RAISES int PyType_Freeze(PyTypeObject *type);
#endif
#if SINCE(3, 15)
RC_RETURNS_NEW RC_NULLABLE RC_RAISES PyObject *PyType_GetModuleByToken(PyTypeObject *type, const void *token);
#endif

/* ---- memory, and the collector ------------------------------------------------------------------------------- */
RC_NULLABLE void *PyMem_Malloc(size_t size);
RC_NULLABLE void *PyMem_Calloc(size_t nelem, size_t elsize);
RC_NULLABLE void *PyMem_Realloc(void *ptr, size_t new_size);
void PyMem_Free(void *ptr);
RC_NULLABLE void *PyMem_RawMalloc(size_t size);
RC_NULLABLE void *PyMem_RawCalloc(size_t nelem, size_t elsize);
RC_NULLABLE void *PyMem_RawRealloc(void *ptr, size_t new_size);
void PyMem_RawFree(void *ptr);
const char *_PyMem_GetCurrentAllocatorName(void);
char *_PyMem_RawStrdup(const char *str);
char *_PyMem_Strdup(const char *str);
wchar_t *_PyMem_RawWcsdup(const wchar_t *str);
void PyMem_GetAllocator(PyMemAllocatorDomain domain, PyMemAllocatorEx *allocator);
void PyMem_SetAllocator(PyMemAllocatorDomain domain, PyMemAllocatorEx *allocator);
void PyMem_SetupDebugHooks(void);
RC_NULLABLE void *PyObject_Malloc(size_t size);
RC_NULLABLE void *PyObject_Calloc(size_t nelem, size_t elsize);
RC_NULLABLE void *PyObject_Realloc(void *ptr, size_t new_size);
void PyObject_Free(RC_RELEASES void *ptr);
RC_RETURNS_ARG(op) PyObject *PyObject_Init(PyObject *op, PyTypeObject *type);
RC_RETURNS_ARG(op) PyVarObject *PyObject_InitVar(PyVarObject *op, PyTypeObject *type, Py_ssize_t size);
NEW_REF PyObject *_PyObject_New(PyTypeObject *type);
NEW_REF PyVarObject *_PyObject_NewVar(PyTypeObject *type, Py_ssize_t size);
RC_CALLS_OUT Py_ssize_t PyGC_Collect(void);
int PyGC_Enable(void);
int PyGC_Disable(void);
int PyGC_IsEnabled(void);
NEW_REF PyVarObject *_PyObject_GC_Resize(RC_STEALS_ON_SUCCESS PyVarObject *op, Py_ssize_t nitems);
NEW_REF PyObject *_PyObject_GC_New(PyTypeObject *type);
NEW_REF PyVarObject *_PyObject_GC_NewVar(PyTypeObject *type, Py_ssize_t nitems);
void PyObject_GC_Track(RC_NONNULL void *op);
void PyObject_GC_UnTrack(RC_NONNULL void *op);
void PyObject_GC_Del(RC_RELEASES RC_NONNULL void *op);
int PyObject_GC_IsTracked(PyObject *op);
int PyObject_GC_IsFinalized(PyObject *op);
void PyObject_GetArenaAllocator(PyObjectArenaAllocator *allocator);
void PyObject_SetArenaAllocator(PyObjectArenaAllocator *allocator);
int PyObject_IS_GC(PyObject *obj);
int PyType_SUPPORTS_WEAKREFS(PyTypeObject *type);
RC_NULLABLE PyObject **PyObject_GET_WEAKREFS_LISTPTR(PyObject *op);
#if BEFORE(3, 11)
NEW_REF PyObject *_PyObject_GC_Malloc(size_t size);
#endif
void PyObject_Del(RC_RELEASES void *memory);
#if SINCE(3, 12)
void PyUnstable_GC_VisitObjects(int (*callback)(PyObject *object, void *arg), void *arg);
#endif

/* ---- buffers ------------------------------------------------------------------------------------------------- */
RC_NO_EFFECT int PyObject_CheckBuffer(PyObject *obj);
RC_RAISES int PyObject_GetBuffer(RC_NONNULL PyObject *obj, RC_RETAINS_ON_SUCCESS Py_buffer *view, int flags);
void *PyBuffer_GetPointer(const Py_buffer *view, const Py_ssize_t *indices);
RC_RAISES Py_ssize_t PyBuffer_SizeFromFormat(const char *format);
RC_RAISES int PyBuffer_ToContiguous(void *buf, const Py_buffer *view, Py_ssize_t len, char order);
RC_RAISES int PyBuffer_FromContiguous(const Py_buffer *view, const void *buf, Py_ssize_t len, char order);
RC_RAISES int PyObject_CopyData(PyObject *dest, PyObject *src);
int PyBuffer_IsContiguous(const Py_buffer *view, char fort);
void PyBuffer_FillContiguousStrides(int ndims, Py_ssize_t *shape, Py_ssize_t *strides, int itemsize, char fort);
RC_RAISES int PyBuffer_FillInfo(Py_buffer *view, RC_KEEPS PyObject *o, void *buf, Py_ssize_t len,
        int readonly, int flags);
void PyBuffer_Release(RC_RELEASES Py_buffer *view);
NEW_REF PyObject *PyMemoryView_FromObject(RC_KEEPS RC_NONNULL PyObject *base);
NEW_REF PyObject *PyMemoryView_FromMemory(char *mem, Py_ssize_t size, int flags);
NEW_REF PyObject *PyMemoryView_FromBuffer(const Py_buffer *info);
NEW_REF PyObject *PyMemoryView_GetContiguous(RC_KEEPS PyObject *base, int buffertype, char order);
NEW_REF PyObject *PyPickleBuffer_FromObject(RC_KEEPS PyObject *o);
RC_RETURNS_BORROWED_FROM(o) RC_NULLABLE RC_RAISES const Py_buffer *PyPickleBuffer_GetBuffer(PyObject *o);
RC_RAISES int PyPickleBuffer_Release(PyObject *o);

/* ---- the object protocol, calls, numbers, sequences, mappings ------------------------------------------------ */
NEW_REF RC_CALLS_OUT PyObject *PyObject_CallNoArgs(RC_NONNULL PyObject *func);
NEW_REF RC_CALLS_OUT PyObject *PyObject_Call(RC_NONNULL PyObject *callable, RC_NONNULL PyObject *args,
        RC_KEEPS PyObject *kwargs);
NEW_REF RC_CALLS_OUT PyObject *PyObject_CallObject(RC_NONNULL PyObject *callable, RC_KEEPS PyObject *args);
NEW_REF RC_CALLS_OUT RC_FORMAT(build, 2) PyObject *_PyObject_CallFunction_SizeT(PyObject *callable, const char *format,
        ...);
NEW_REF RC_CALLS_OUT RC_FORMAT(build, 3) PyObject *_PyObject_CallMethod_SizeT(PyObject *o, RC_NONNULL const char *name,
        const char *format, ...);
NEW_REF RC_CALLS_OUT PyObject *PyObject_CallFunctionObjArgs(PyObject *callable, ...);
NEW_REF RC_CALLS_OUT PyObject *PyObject_CallMethodObjArgs(PyObject *obj, PyObject *name, ...);
RC_RETURNS_NEW PyObject *PyObject_Type(RC_NONNULL PyObject *o);
RC_RAISES RC_CALLS_OUT Py_ssize_t PyObject_Size(PyObject *o);
RC_RAISES RC_CALLS_OUT Py_ssize_t PyObject_Length(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyObject_GetItem(PyObject *o, PyObject *key);
RC_RAISES RC_CALLS_OUT int PyObject_SetItem(RC_DROPS PyObject *o, RC_KEEPS PyObject *key, RC_KEEPS PyObject *value);
RC_RAISES RC_CALLS_OUT int PyObject_DelItemString(RC_DROPS PyObject *o, const char *key);
RC_RAISES RC_CALLS_OUT int PyObject_DelItem(RC_DROPS PyObject *o, PyObject *key);
RC_RAISES int PyObject_AsCharBuffer(PyObject *obj, const char **buffer, Py_ssize_t *buffer_len);
int PyObject_CheckReadBuffer(PyObject *obj);
RC_RAISES int PyObject_AsReadBuffer(PyObject *obj, const void **buffer, Py_ssize_t *buffer_len);
RC_RAISES int PyObject_AsWriteBuffer(PyObject *obj, void **buffer, Py_ssize_t *buffer_len);
NEW_REF RC_CALLS_OUT PyObject *PyObject_Format(PyObject *obj, PyObject *format_spec);
NEW_REF RC_CALLS_OUT PyObject *PyObject_GetIter(RC_NONNULL PyObject *o);
NEW_REF PyObject *PyObject_GetAIter(PyObject *o);
RC_NO_EFFECT int PyIter_Check(RC_NONNULL PyObject *o);
RC_NO_EFFECT int PyAIter_Check(RC_NONNULL PyObject *o);
RC_RETURNS_NEW RC_NULLABLE RC_CALLS_OUT PyObject *PyIter_Next(RC_NONNULL PyObject *o);
RC_RAISES RC_FAILS(result < 0) RC_CALLS_OUT PySendResult PyIter_Send(PyObject *iter, PyObject *arg,
        RC_OUT RC_NULLABLE PyObject **presult);
RC_NO_EFFECT int PyNumber_Check(RC_NONNULL PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Add(RC_NONNULL PyObject *o1, RC_NONNULL PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Subtract(RC_NONNULL PyObject *o1, RC_NONNULL PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Multiply(RC_NONNULL PyObject *o1, RC_NONNULL PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_MatrixMultiply(RC_NONNULL PyObject *o1, RC_NONNULL PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_FloorDivide(RC_NONNULL PyObject *o1, RC_NONNULL PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_TrueDivide(RC_NONNULL PyObject *o1, RC_NONNULL PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Remainder(RC_NONNULL PyObject *o1, RC_NONNULL PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Divmod(RC_NONNULL PyObject *o1, RC_NONNULL PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Power(RC_NONNULL PyObject *o1, RC_NONNULL PyObject *o2, PyObject *o3);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Negative(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Positive(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Absolute(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Invert(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Lshift(RC_NONNULL PyObject *o1, RC_NONNULL PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Rshift(RC_NONNULL PyObject *o1, RC_NONNULL PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_And(RC_NONNULL PyObject *o1, RC_NONNULL PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Xor(RC_NONNULL PyObject *o1, RC_NONNULL PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Or(RC_NONNULL PyObject *o1, RC_NONNULL PyObject *o2);
RC_NO_EFFECT int PyIndex_Check(RC_NONNULL PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Index(PyObject *o);
RC_RAISES RC_CALLS_OUT Py_ssize_t PyNumber_AsSsize_t(PyObject *o, PyObject *exc);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Long(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Float(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_InPlaceAdd(PyObject *o1, PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_InPlaceSubtract(PyObject *o1, PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_InPlaceMultiply(PyObject *o1, PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_InPlaceMatrixMultiply(PyObject *o1, PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_InPlaceFloorDivide(PyObject *o1, PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_InPlaceTrueDivide(PyObject *o1, PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_InPlaceRemainder(PyObject *o1, PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_InPlacePower(PyObject *o1, PyObject *o2, PyObject *o3);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_InPlaceLshift(PyObject *o1, PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_InPlaceRshift(PyObject *o1, PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_InPlaceAnd(PyObject *o1, PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_InPlaceXor(PyObject *o1, PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_InPlaceOr(PyObject *o1, PyObject *o2);
NEW_REF PyObject *PyNumber_ToBase(PyObject *n, int base);
RC_NO_EFFECT int PySequence_Check(RC_NONNULL PyObject *o);
RC_RAISES RC_CALLS_OUT Py_ssize_t PySequence_Size(PyObject *o);
RC_RAISES RC_CALLS_OUT Py_ssize_t PySequence_Length(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PySequence_Concat(PyObject *o1, PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PySequence_Repeat(PyObject *o, Py_ssize_t count);
NEW_REF RC_CALLS_OUT PyObject *PySequence_GetItem(PyObject *o, Py_ssize_t i);
NEW_REF RC_CALLS_OUT PyObject *PySequence_GetSlice(PyObject *o, Py_ssize_t i1, Py_ssize_t i2);
RC_RAISES RC_CALLS_OUT int PySequence_SetItem(RC_DROPS PyObject *o, Py_ssize_t index, RC_KEEPS PyObject *item);
RC_RAISES RC_CALLS_OUT int PySequence_DelItem(RC_DROPS PyObject *o, Py_ssize_t i);
RC_RAISES RC_CALLS_OUT int PySequence_SetSlice(RC_DROPS PyObject *o, Py_ssize_t i1, Py_ssize_t i2, PyObject *v);
RC_RAISES RC_CALLS_OUT int PySequence_DelSlice(RC_DROPS PyObject *o, Py_ssize_t i1, Py_ssize_t i2);
NEW_REF RC_CALLS_OUT PyObject *PySequence_Tuple(RC_KEEPS PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PySequence_List(RC_KEEPS PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PySequence_Fast(RC_KEEPS PyObject *o, const char *message);
RC_RAISES RC_CALLS_OUT Py_ssize_t PySequence_Count(PyObject *o, PyObject *value);
RC_RAISES RC_CALLS_OUT int PySequence_Contains(RC_NONNULL PyObject *seq, PyObject *ob);
RC_RAISES RC_CALLS_OUT int PySequence_In(PyObject *o, PyObject *value);
RC_RAISES RC_CALLS_OUT Py_ssize_t PySequence_Index(PyObject *o, PyObject *value);
NEW_REF RC_CALLS_OUT PyObject *PySequence_InPlaceConcat(PyObject *o1, PyObject *o2);
NEW_REF RC_CALLS_OUT PyObject *PySequence_InPlaceRepeat(PyObject *o, Py_ssize_t count);
RC_NO_EFFECT int PyMapping_Check(RC_NONNULL PyObject *o);
RC_RAISES RC_CALLS_OUT Py_ssize_t PyMapping_Size(PyObject *o);
RC_RAISES RC_CALLS_OUT Py_ssize_t PyMapping_Length(PyObject *o);
RC_CALLS_OUT int PyMapping_HasKeyString(PyObject *o, RC_NONNULL const char *key);
RC_CALLS_OUT int PyMapping_HasKey(PyObject *o, PyObject *key);
NEW_REF RC_CALLS_OUT PyObject *PyMapping_Keys(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyMapping_Values(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyMapping_Items(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyMapping_GetItemString(PyObject *o, RC_NONNULL const char *key);
RC_RAISES RC_CALLS_OUT int PyMapping_SetItemString(PyObject *o, RC_NONNULL const char *key, RC_KEEPS PyObject *value);
RC_RAISES RC_CALLS_OUT int PyObject_IsInstance(RC_NONNULL PyObject *object, RC_NONNULL PyObject *typeorclass);
RC_RAISES RC_CALLS_OUT int PyObject_IsSubclass(RC_NONNULL PyObject *object, RC_NONNULL PyObject *typeorclass);
NEW_REF PyObject *_PyStack_AsDict(PyObject *const *values, PyObject *kwnames);
NEW_REF PyObject *_Py_CheckFunctionResult(PyThreadState *tstate, PyObject *callable, RC_STEALS PyObject *result,
        const char *where);
NEW_REF PyObject *_PyObject_MakeTpCall(PyThreadState *tstate, PyObject *callable, PyObject *const *args,
        Py_ssize_t nargs, PyObject *keywords);
RC_NO_EFFECT Py_ssize_t PyVectorcall_NARGS(size_t n);
RC_NULLABLE vectorcallfunc PyVectorcall_Function(PyObject *callable);
NEW_REF RC_CALLS_OUT PyObject *PyObject_Vectorcall(RC_NONNULL PyObject *callable, PyObject *const *args, size_t nargsf,
        PyObject *kwnames);
NEW_REF RC_CALLS_OUT PyObject *PyObject_VectorcallDict(PyObject *callable, PyObject *const *args, size_t nargsf,
        PyObject *kwargs);
NEW_REF PyObject *PyVectorcall_Call(RC_NONNULL PyObject *callable, PyObject *tuple, PyObject *dict);
NEW_REF PyObject *_PyObject_FastCall(PyObject *func, PyObject *const *args, Py_ssize_t nargs);
NEW_REF RC_CALLS_OUT PyObject *PyObject_CallOneArg(RC_NONNULL PyObject *func, RC_NONNULL PyObject *arg);
NEW_REF RC_CALLS_OUT PyObject *PyObject_VectorcallMethod(PyObject *name, PyObject *const *args, size_t nargsf,
        PyObject *kwnames);
NEW_REF RC_CALLS_OUT PyObject *PyObject_CallMethodNoArgs(PyObject *self, PyObject *name);
NEW_REF RC_CALLS_OUT PyObject *PyObject_CallMethodOneArg(RC_KEEPS PyObject *self, PyObject *name,
        RC_KEEPS PyObject *arg);
NEW_REF RC_CALLS_OUT RC_FORMAT(build, 3) PyObject *_PyObject_CallMethod(PyObject *obj, PyObject *name,
        const char *format, ...);
NEW_REF RC_CALLS_OUT PyObject *_PyObject_CallMethodId_SizeT(PyObject *obj, _Py_Identifier *name, const char *format,
        ...);
NEW_REF RC_CALLS_OUT PyObject *_PyObject_CallMethodIdObjArgs(PyObject *obj, _Py_Identifier *name, ...);
NEW_REF RC_CALLS_OUT PyObject *_PyObject_VectorcallMethodId(_Py_Identifier *name, PyObject *const *args, size_t nargsf,
        PyObject *kwnames);
NEW_REF RC_CALLS_OUT PyObject *_PyObject_CallMethodIdNoArgs(PyObject *self, _Py_Identifier *name);
NEW_REF RC_CALLS_OUT PyObject *_PyObject_CallMethodIdOneArg(PyObject *self, _Py_Identifier *name, PyObject *arg);
int _PyObject_HasLen(PyObject *o);
RC_RAISES RC_CALLS_OUT Py_ssize_t PyObject_LengthHint(PyObject *o, Py_ssize_t defaultvalue);
RC_CALLS_OUT Py_ssize_t _PySequence_IterSearch(PyObject *seq, PyObject *obj, int operation);
RC_RAISES int _PyObject_RealIsInstance(PyObject *inst, PyObject *cls);
RC_RAISES int _PyObject_RealIsSubclass(PyObject *derived, PyObject *cls);
RC_NULLABLE RC_RAISES char *const *_PySequence_BytesToCharpArray(PyObject *self);
void _Py_FreeCharPArray(char *const *array);
RC_RAISES RC_FAILS(result == 0) int _Py_convert_optional_to_ssize_t(PyObject *o, void *arg);
NEW_REF RC_CALLS_OUT PyObject *_PyNumber_Index(PyObject *o);
NEW_REF RC_CALLS_OUT RC_FORMAT(build, 2) PyObject *PyObject_CallFunction(PyObject *callable, const char *format, ...);
NEW_REF RC_CALLS_OUT RC_FORMAT(build, 3) PyObject *PyObject_CallMethod(PyObject *o, RC_NONNULL const char *name,
        const char *format, ...);
NEW_REF RC_CALLS_OUT RC_FORMAT(build, 3) PyObject *_PyObject_CallMethodId(PyObject *o, _Py_Identifier *name,
        const char *format, ...);
RC_RETURNS_BORROWED_FROM(seq) PyObject *PySequence_Fast_GET_ITEM(RC_NONNULL PyObject *seq, Py_ssize_t index);
RC_RAISES RC_CALLS_OUT int PyMapping_DelItem(PyObject *o, PyObject *key);
RC_RAISES RC_CALLS_OUT int PyMapping_DelItemString(PyObject *o, RC_NONNULL const char *key);
#if BEFORE(3, 9)
NEW_REF RC_CALLS_OUT PyObject *_PyObject_Vectorcall(RC_NONNULL PyObject *callable, PyObject *const *args, size_t nargsf,
        PyObject *kwnames);
NEW_REF RC_CALLS_OUT PyObject *_PyObject_FastCallDict(RC_NONNULL PyObject *callable, PyObject *const *args,
        size_t nargsf, PyObject *kwargs);
#endif
#if BEFORE(3, 11)
NEW_REF RC_CALLS_OUT PyObject *_PyObject_CallNoArg(RC_NONNULL PyObject *func);
NEW_REF RC_CALLS_OUT PyObject *_PyObject_CallNoArgs(RC_NONNULL PyObject *func);
NEW_REF RC_CALLS_OUT PyObject *_PyObject_CallOneArg(RC_NONNULL PyObject *func, RC_NONNULL PyObject *arg);
#endif
#if SINCE(3, 13)
RC_RAISES RC_CALLS_OUT int PyMapping_GetOptionalItem(PyObject *o, PyObject *key, RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES RC_CALLS_OUT int PyMapping_GetOptionalItemString(PyObject *o, RC_NONNULL const char *key,
        RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES RC_CALLS_OUT int PyMapping_HasKeyWithError(PyObject *o, PyObject *key);
RC_RAISES RC_CALLS_OUT int PyMapping_HasKeyStringWithError(PyObject *o, RC_NONNULL const char *key);
#endif
#if SINCE(3, 14)
RC_RAISES RC_CALLS_OUT int PyIter_NextItem(RC_NONNULL PyObject *iter, RC_OUT RC_NULLABLE PyObject **item);
#endif

/* ---- lists --------------------------------------------------------------------------------------------------- */
NEW_REF PyObject *PyList_New(Py_ssize_t size);
RC_RAISES Py_ssize_t PyList_Size(RC_NONNULL PyObject *list);
RC_RETURNS_BORROWED_FROM(list) RC_NULLABLE RC_RAISES PyObject *PyList_GetItem(RC_NONNULL PyObject *list,
        Py_ssize_t index);
RC_RAISES RC_CALLS_OUT int PyList_SetItem(RC_NONNULL RC_DROPS PyObject *list, Py_ssize_t index, RC_STEALS PyObject *item);
RC_RAISES int PyList_Insert(RC_NONNULL PyObject *list, Py_ssize_t index, RC_KEEPS PyObject *item);
RC_RAISES int PyList_Append(RC_NONNULL PyObject *list, RC_KEEPS PyObject *item);
NEW_REF PyObject *PyList_GetSlice(RC_NONNULL PyObject *list, Py_ssize_t low, Py_ssize_t high);
RC_RAISES RC_CALLS_OUT int PyList_SetSlice(RC_NONNULL RC_DROPS PyObject *list, Py_ssize_t low, Py_ssize_t high,
        PyObject *itemlist);
RC_RAISES RC_CALLS_OUT int PyList_Sort(PyObject *list);
RC_RAISES int PyList_Reverse(PyObject *list);
NEW_REF PyObject *PyList_AsTuple(RC_KEEPS PyObject *list);
NEW_REF PyObject *_PyList_Extend(PyListObject *list, PyObject *iterable);
Py_ssize_t PyList_GET_SIZE(RC_NONNULL PyObject *list);
void PyList_SET_ITEM(RC_NONNULL PyObject *list, Py_ssize_t index, RC_STEALS PyObject *item);
RC_RETURNS_BORROWED_FROM(list) PyObject *PyList_GET_ITEM(RC_NONNULL PyObject *list, Py_ssize_t index);
#if SINCE(3, 13)
NEW_REF PyObject *PyList_GetItemRef(RC_NONNULL PyObject *list, Py_ssize_t index);
RC_RAISES RC_CALLS_OUT int PyList_Extend(RC_NONNULL PyObject *list, PyObject *iterable);
RC_RAISES RC_CALLS_OUT int PyList_Clear(RC_NONNULL RC_DROPS PyObject *list);
#endif

/* ---- tuples and struct sequences ----------------------------------------------------------------------------- */
NEW_REF PyObject *PyTuple_New(Py_ssize_t size);
RC_RAISES Py_ssize_t PyTuple_Size(RC_NONNULL PyObject *tuple);
RC_RETURNS_BORROWED_FROM(tuple) RC_NULLABLE RC_RAISES PyObject *PyTuple_GetItem(RC_NONNULL PyObject *tuple,
        Py_ssize_t index);
RC_RAISES int PyTuple_SetItem(RC_NONNULL PyObject *tuple, Py_ssize_t index, RC_STEALS PyObject *item);
NEW_REF PyObject *PyTuple_GetSlice(RC_KEEPS PyObject *tuple, Py_ssize_t low, Py_ssize_t high);
NEW_REF PyObject *PyTuple_Pack(Py_ssize_t n, ...);
RC_RAISES int _PyTuple_Resize(RC_STEALS RC_OUT PyObject **tuple, Py_ssize_t newsize);
void _PyTuple_MaybeUntrack(PyObject *o);
RC_NO_EFFECT Py_ssize_t PyTuple_GET_SIZE(RC_NONNULL PyObject *tuple);
void PyTuple_SET_ITEM(RC_NONNULL PyObject *tuple, Py_ssize_t index, RC_STEALS PyObject *item);
void PyStructSequence_InitType(RC_KEEPS PyTypeObject *type, PyStructSequence_Desc *desc);
RC_SETS_UP RC_RAISES int PyStructSequence_InitType2(RC_KEEPS PyTypeObject *type, PyStructSequence_Desc *desc);
NEW_REF PyTypeObject *PyStructSequence_NewType(PyStructSequence_Desc *desc);
NEW_REF PyObject *PyStructSequence_New(PyTypeObject *type);
void PyStructSequence_SetItem(PyObject *p, Py_ssize_t pos, RC_STEALS PyObject *o);
RC_RETURNS_BORROWED_FROM(p) RC_NULLABLE PyObject *PyStructSequence_GetItem(PyObject *p, Py_ssize_t pos);
RC_RETURNS_BORROWED_FROM(tuple) PyObject *PyTuple_GET_ITEM(RC_NONNULL PyObject *tuple, Py_ssize_t index);
#if SINCE(3, 15)
NEW_REF PyObject *PyTuple_FromArray(PyObject *const *array, Py_ssize_t size);
#endif

/* ---- dictionaries -------------------------------------------------------------------------------------------- */
NEW_REF PyObject *PyDict_New(void);
RC_RETURNS_BORROWED_FROM(dict) RC_NULLABLE RC_MAY_MISS PyObject *PyDict_GetItem(RC_NONNULL PyObject *dict,
        RC_NONNULL PyObject *key);
RC_RETURNS_BORROWED_FROM(dict) RC_NULLABLE RC_MAY_MISS RC_RAISES PyObject *PyDict_GetItemWithError(RC_NONNULL PyObject *dict,
        RC_NONNULL PyObject *key);
RC_RAISES RC_CALLS_OUT int PyDict_SetItem(RC_NONNULL RC_DROPS PyObject *dict, RC_NONNULL RC_KEEPS PyObject *key,
        RC_NONNULL RC_KEEPS PyObject *value);
RC_RAISES RC_CALLS_OUT int PyDict_DelItem(RC_NONNULL RC_DROPS PyObject *dict, RC_NONNULL PyObject *key);
RC_CALLS_OUT void PyDict_Clear(RC_NONNULL RC_DROPS PyObject *dict);
int PyDict_Next(RC_NONNULL PyObject *dict, Py_ssize_t *pos, RC_OUT RC_BORROWED PyObject **key,
        RC_OUT RC_BORROWED PyObject **value);
NEW_REF PyObject *PyDict_Keys(PyObject *dict);
NEW_REF PyObject *PyDict_Values(PyObject *dict);
NEW_REF PyObject *PyDict_Items(PyObject *dict);
RC_RAISES Py_ssize_t PyDict_Size(PyObject *dict);
NEW_REF PyObject *PyDict_Copy(RC_KEEPS PyObject *dict);
RC_RAISES RC_CALLS_OUT int PyDict_Contains(RC_NONNULL PyObject *dict, RC_NONNULL PyObject *key);
RC_RAISES RC_CALLS_OUT int PyDict_Update(RC_NONNULL PyObject *mp, RC_KEEPS PyObject *other);
RC_RAISES RC_CALLS_OUT int PyDict_Merge(PyObject *mp, RC_KEEPS PyObject *other, int override);
RC_RAISES RC_CALLS_OUT int PyDict_MergeFromSeq2(PyObject *d, PyObject *seq2, int override);
RC_RETURNS_BORROWED_FROM(dict) RC_NULLABLE RC_MAY_MISS PyObject *PyDict_GetItemString(RC_NONNULL PyObject *dict,
        RC_NONNULL const char *key);
RC_RAISES RC_CALLS_OUT int PyDict_SetItemString(RC_NONNULL RC_DROPS PyObject *dict, RC_NONNULL const char *key,
        RC_NONNULL RC_KEEPS PyObject *value);
RC_RAISES RC_CALLS_OUT int PyDict_DelItemString(RC_NONNULL RC_DROPS PyObject *dict, RC_NONNULL const char *key);
NEW_REF PyObject *PyObject_GenericGetDict(PyObject *o, void *context);
RC_RETURNS_BORROWED_FROM(mp) RC_NULLABLE RC_MAY_MISS RC_RAISES PyObject *_PyDict_GetItem_KnownHash(PyObject *mp,
        PyObject *key,
        Py_hash_t hash);
RC_RETURNS_BORROWED_FROM(dp) RC_NULLABLE RC_MAY_MISS RC_RAISES PyObject *_PyDict_GetItemWithError(PyObject *dp,
        PyObject *key);
RC_RETURNS_BORROWED_FROM(dp) RC_NULLABLE RC_MAY_MISS RC_RAISES PyObject *_PyDict_GetItemIdWithError(PyObject *dp,
        _Py_Identifier *key);
RC_RETURNS_BORROWED_FROM(dict) RC_NULLABLE RC_MAY_MISS RC_RAISES PyObject *_PyDict_GetItemStringWithError(PyObject *dict, RC_NONNULL const char *key);
RC_RETURNS_BORROWED_FROM(dict) RC_NULLABLE RC_RAISES PyObject *PyDict_SetDefault(RC_NONNULL PyObject *dict,
        RC_KEEPS PyObject *key, RC_KEEPS PyObject *default_value);
RC_RAISES RC_CALLS_OUT int _PyDict_SetItem_KnownHash(RC_DROPS PyObject *mp, RC_KEEPS PyObject *key, RC_KEEPS PyObject *item,
        Py_hash_t hash);
RC_RAISES RC_CALLS_OUT int _PyDict_DelItem_KnownHash(RC_DROPS PyObject *mp, PyObject *key, Py_hash_t hash);
RC_RAISES RC_CALLS_OUT int _PyDict_DelItemIf(PyObject *mp, PyObject *key, int (*predicate)(PyObject *));
int _PyDict_Next(PyObject *mp, Py_ssize_t *pos, RC_OUT RC_BORROWED PyObject **key, RC_OUT RC_BORROWED PyObject **value,
        Py_hash_t *hash);
RC_RAISES RC_CALLS_OUT int _PyDict_Contains_KnownHash(PyObject *dict, PyObject *key, Py_hash_t hash);
RC_RAISES RC_CALLS_OUT int _PyDict_ContainsId(PyObject *dict, _Py_Identifier *key);
NEW_REF PyObject *_PyDict_NewPresized(Py_ssize_t minused);
void _PyDict_MaybeUntrack(PyObject *mp);
int _PyDict_HasOnlyStringKeys(PyObject *mp);
Py_ssize_t _PyDict_SizeOf(PyDictObject *arg);
NEW_REF RC_CALLS_OUT PyObject *_PyDict_Pop(PyObject *dict, PyObject *key, PyObject *default_value);
RC_RAISES RC_CALLS_OUT int _PyDict_MergeEx(PyObject *mp, PyObject *other, int override);
RC_RAISES RC_CALLS_OUT int _PyDict_SetItemId(RC_DROPS PyObject *dp, _Py_Identifier *key, RC_KEEPS PyObject *item);
RC_RAISES RC_CALLS_OUT int _PyDict_DelItemId(RC_DROPS PyObject *mp, _Py_Identifier *key);
NEW_REF PyObject *_PyDictView_New(PyObject *dict, PyTypeObject *type);
NEW_REF PyObject *_PyDictView_Intersect(PyObject *self, PyObject *other);
NEW_REF PyObject *PyODict_New(void);
RC_RAISES int PyODict_SetItem(PyObject *od, RC_KEEPS PyObject *key, RC_KEEPS PyObject *item);
RC_RAISES int PyODict_DelItem(PyObject *od, PyObject *key);
#if BEFORE(3, 11)
RC_RETURNS_BORROWED_FROM(dict) RC_NULLABLE RC_MAY_MISS PyObject *_PyDict_GetItemId(PyObject *dict, _Py_Identifier *key);
#endif
#if SINCE(3, 12)
RC_RAISES int PyDict_AddWatcher(int (*callback)(int event, PyObject *dict, PyObject *key, PyObject *value));
RC_RAISES int PyDict_ClearWatcher(int watcher_id);
RC_RAISES int PyDict_Watch(int watcher_id, PyObject *dict);
RC_RAISES int PyDict_Unwatch(int watcher_id, PyObject *dict);
#endif
#if SINCE(3, 13)
RC_RAISES int PyDict_GetItemRef(RC_NONNULL PyObject *dict, RC_NONNULL PyObject *key,
        RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES int PyDict_GetItemStringRef(RC_NONNULL PyObject *dict, RC_NONNULL const char *key,
        RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES int PyDict_SetDefaultRef(RC_NONNULL PyObject *dict, RC_KEEPS PyObject *key, RC_KEEPS PyObject *default_value,
        RC_OUT PyObject **result);
RC_RAISES int PyDict_Pop(RC_NONNULL PyObject *dict, RC_NONNULL PyObject *key, RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES int PyDict_PopString(RC_NONNULL PyObject *dict, const char *key, RC_OUT RC_NULLABLE PyObject **result);
RC_RAISES int PyDict_ContainsString(RC_NONNULL PyObject *dict, const char *key);
#endif

/* ---- sets ---------------------------------------------------------------------------------------------------- */
NEW_REF PyObject *PySet_New(PyObject *iterable);
NEW_REF PyObject *PyFrozenSet_New(PyObject *iterable);
RC_RAISES RC_CALLS_OUT int PySet_Add(RC_NONNULL PyObject *set, RC_KEEPS RC_NONNULL PyObject *key);
RC_RAISES RC_CALLS_OUT int PySet_Clear(RC_NONNULL PyObject *set);
RC_RAISES RC_CALLS_OUT int PySet_Contains(RC_NONNULL PyObject *anyset, RC_NONNULL PyObject *key);
RC_RAISES RC_CALLS_OUT int PySet_Discard(RC_NONNULL PyObject *set, RC_NONNULL PyObject *key);
NEW_REF RC_CALLS_OUT PyObject *PySet_Pop(RC_NONNULL PyObject *set);
RC_RAISES Py_ssize_t PySet_Size(RC_NONNULL PyObject *anyset);
int _PySet_NextEntry(PyObject *set, Py_ssize_t *pos, RC_OUT RC_BORROWED PyObject **key, Py_hash_t *hash);
RC_RAISES int _PySet_Update(PyObject *set, PyObject *iterable);

/* ---- text ---------------------------------------------------------------------------------------------------- */
NEW_REF PyObject *PyUnicode_FromStringAndSize(const char *u, Py_ssize_t size);
NEW_REF PyObject *PyUnicode_FromString(const char *u);
NEW_REF PyObject *PyUnicode_Substring(PyObject *str, Py_ssize_t start, Py_ssize_t end);
RC_RAISES Py_UCS4 *PyUnicode_AsUCS4(PyObject *unicode, Py_UCS4 *buffer, Py_ssize_t buflen, int copy_null);
RC_NULLABLE RC_RAISES Py_UCS4 *PyUnicode_AsUCS4Copy(PyObject *unicode);
RC_RAISES Py_ssize_t PyUnicode_GetLength(RC_NONNULL PyObject *unicode);
RC_RAISES Py_ssize_t PyUnicode_GetSize(PyObject *unicode);
RC_RAISES Py_UCS4 PyUnicode_ReadChar(PyObject *unicode, Py_ssize_t index);
RC_RAISES int PyUnicode_WriteChar(PyObject *unicode, Py_ssize_t index, Py_UCS4 character);
RC_RAISES int PyUnicode_Resize(RC_STEALS RC_OUT PyObject **unicode, Py_ssize_t length);
NEW_REF PyObject *PyUnicode_FromEncodedObject(PyObject *obj, const char *encoding, const char *errors);
NEW_REF PyObject *PyUnicode_FromObject(RC_NONNULL PyObject *obj);
NEW_REF PyObject *PyUnicode_FromFormatV(const char *format, va_list vargs);
NEW_REF RC_FORMAT(message, 1) PyObject *PyUnicode_FromFormat(const char *format, ...);
void PyUnicode_InternInPlace(RC_STEALS RC_OUT RC_NONNULL PyObject **string);
NEW_REF PyObject *PyUnicode_InternFromString(const char *u);
void PyUnicode_InternImmortal(RC_STEALS RC_OUT RC_NONNULL PyObject **string);
NEW_REF PyObject *PyUnicode_FromWideChar(const wchar_t *w, Py_ssize_t size);
RC_RAISES Py_ssize_t PyUnicode_AsWideChar(PyObject *unicode, wchar_t *w, Py_ssize_t size);
RC_NULLABLE RC_RAISES wchar_t *PyUnicode_AsWideCharString(PyObject *unicode, Py_ssize_t *size);
NEW_REF PyObject *PyUnicode_FromOrdinal(int ordinal);
const char *PyUnicode_GetDefaultEncoding(void);
NEW_REF PyObject *PyUnicode_Decode(const char *s, Py_ssize_t size, const char *encoding, const char *errors);
NEW_REF PyObject *PyUnicode_AsDecodedObject(PyObject *unicode, const char *encoding, const char *errors);
NEW_REF PyObject *PyUnicode_AsDecodedUnicode(PyObject *unicode, const char *encoding, const char *errors);
NEW_REF PyObject *PyUnicode_AsEncodedObject(PyObject *unicode, const char *encoding, const char *errors);
NEW_REF PyObject *PyUnicode_AsEncodedString(RC_NONNULL PyObject *unicode, const char *encoding, const char *errors);
NEW_REF PyObject *PyUnicode_AsEncodedUnicode(PyObject *unicode, const char *encoding, const char *errors);
NEW_REF PyObject *PyUnicode_BuildEncodingMap(PyObject *string);
NEW_REF PyObject *PyUnicode_DecodeUTF7(const char *string, Py_ssize_t length, const char *errors);
NEW_REF PyObject *PyUnicode_DecodeUTF7Stateful(const char *string, Py_ssize_t length, const char *errors,
        Py_ssize_t *consumed);
NEW_REF PyObject *PyUnicode_DecodeUTF8(const char *string, Py_ssize_t length, const char *errors);
NEW_REF PyObject *PyUnicode_DecodeUTF8Stateful(const char *string, Py_ssize_t length, const char *errors,
        Py_ssize_t *consumed);
NEW_REF PyObject *PyUnicode_AsUTF8String(RC_NONNULL PyObject *unicode);
RC_RETURNS_BORROWED_FROM(unicode) RC_NULLABLE RC_RAISES const char *PyUnicode_AsUTF8AndSize(
        RC_NONNULL PyObject *unicode, Py_ssize_t *size);
NEW_REF PyObject *PyUnicode_DecodeUTF32(const char *string, Py_ssize_t length, const char *errors, int *byteorder);
NEW_REF PyObject *PyUnicode_DecodeUTF32Stateful(const char *string, Py_ssize_t length, const char *errors,
        int *byteorder, Py_ssize_t *consumed);
NEW_REF PyObject *PyUnicode_AsUTF32String(PyObject *unicode);
NEW_REF PyObject *PyUnicode_DecodeUTF16(const char *string, Py_ssize_t length, const char *errors, int *byteorder);
NEW_REF PyObject *PyUnicode_DecodeUTF16Stateful(const char *string, Py_ssize_t length, const char *errors,
        int *byteorder, Py_ssize_t *consumed);
NEW_REF PyObject *PyUnicode_AsUTF16String(PyObject *unicode);
NEW_REF PyObject *PyUnicode_DecodeUnicodeEscape(const char *string, Py_ssize_t length, const char *errors);
NEW_REF PyObject *PyUnicode_AsUnicodeEscapeString(PyObject *unicode);
NEW_REF PyObject *PyUnicode_DecodeRawUnicodeEscape(const char *string, Py_ssize_t length, const char *errors);
NEW_REF PyObject *PyUnicode_AsRawUnicodeEscapeString(PyObject *unicode);
NEW_REF PyObject *PyUnicode_DecodeLatin1(const char *string, Py_ssize_t length, const char *errors);
NEW_REF PyObject *PyUnicode_AsLatin1String(PyObject *unicode);
NEW_REF PyObject *PyUnicode_DecodeASCII(const char *string, Py_ssize_t length, const char *errors);
NEW_REF PyObject *PyUnicode_AsASCIIString(PyObject *unicode);
NEW_REF PyObject *PyUnicode_DecodeCharmap(const char *string, Py_ssize_t length, PyObject *mapping, const char *errors);
NEW_REF PyObject *PyUnicode_AsCharmapString(PyObject *unicode, PyObject *mapping);
NEW_REF PyObject *PyUnicode_DecodeLocaleAndSize(const char *str, Py_ssize_t len, const char *errors);
NEW_REF PyObject *PyUnicode_DecodeLocale(const char *str, const char *errors);
NEW_REF PyObject *PyUnicode_EncodeLocale(PyObject *unicode, const char *errors);
RC_RAISES RC_FAILS(result == 0) int PyUnicode_FSConverter(PyObject *obj, RC_OUT void *result);
RC_RAISES RC_FAILS(result == 0) int PyUnicode_FSDecoder(PyObject *obj, RC_OUT void *result);
NEW_REF PyObject *PyUnicode_DecodeFSDefault(const char *s);
NEW_REF PyObject *PyUnicode_DecodeFSDefaultAndSize(const char *s, Py_ssize_t size);
NEW_REF PyObject *PyUnicode_EncodeFSDefault(PyObject *unicode);
NEW_REF PyObject *PyUnicode_Concat(RC_NONNULL PyObject *left, PyObject *right);
void PyUnicode_Append(RC_STEALS RC_OUT PyObject **pleft, PyObject *right);
void PyUnicode_AppendAndDel(RC_STEALS RC_OUT PyObject **pleft, RC_RELEASES PyObject *right);
NEW_REF PyObject *PyUnicode_Split(PyObject *s, PyObject *sep, Py_ssize_t maxsplit);
NEW_REF PyObject *PyUnicode_Splitlines(PyObject *s, int keepends);
NEW_REF PyObject *PyUnicode_Partition(PyObject *s, PyObject *sep);
NEW_REF PyObject *PyUnicode_RPartition(PyObject *s, PyObject *sep);
NEW_REF PyObject *PyUnicode_RSplit(PyObject *s, PyObject *sep, Py_ssize_t maxsplit);
NEW_REF PyObject *PyUnicode_Translate(PyObject *str, PyObject *table, const char *errors);
NEW_REF PyObject *PyUnicode_Join(PyObject *separator, PyObject *seq);
RC_RAISES Py_ssize_t PyUnicode_Tailmatch(PyObject *str, PyObject *substr, Py_ssize_t start, Py_ssize_t end,
        int direction);
RC_RAISES Py_ssize_t PyUnicode_Find(PyObject *str, PyObject *substr, Py_ssize_t start, Py_ssize_t end, int direction);
RC_RAISES Py_ssize_t PyUnicode_FindChar(PyObject *str, Py_UCS4 ch, Py_ssize_t start, Py_ssize_t end, int direction);
RC_RAISES Py_ssize_t PyUnicode_Count(PyObject *str, PyObject *substr, Py_ssize_t start, Py_ssize_t end);
NEW_REF PyObject *PyUnicode_Replace(PyObject *str, PyObject *substr, PyObject *replstr, Py_ssize_t maxcount);
RC_RAISES int PyUnicode_Compare(RC_NONNULL PyObject *left, PyObject *right);
RC_RAISES int PyUnicode_CompareWithASCIIString(RC_NONNULL PyObject *left, const char *right);
NEW_REF PyObject *PyUnicode_RichCompare(PyObject *left, PyObject *right, int op);
NEW_REF PyObject *PyUnicode_Format(PyObject *format, PyObject *args);
RC_RAISES int PyUnicode_Contains(RC_NONNULL PyObject *container, PyObject *element);
int PyUnicode_IsIdentifier(PyObject *s);
int _PyUnicode_CheckConsistency(PyObject *op, int check_content);
unsigned int PyUnicode_CHECK_INTERNED(PyObject *op);
RC_NO_EFFECT unsigned int PyUnicode_IS_READY(PyObject *op);
RC_NO_EFFECT unsigned int PyUnicode_IS_ASCII(PyObject *op);
RC_NO_EFFECT unsigned int PyUnicode_IS_COMPACT(PyObject *op);
RC_NO_EFFECT int PyUnicode_IS_COMPACT_ASCII(PyObject *op);
RC_NO_EFFECT void *_PyUnicode_COMPACT_DATA(PyObject *op);
RC_NO_EFFECT void *_PyUnicode_NONCOMPACT_DATA(PyObject *op);
RC_RETURNS_BORROWED_FROM(op) RC_NO_EFFECT void *PyUnicode_DATA(PyObject *op);
RC_NO_EFFECT Py_ssize_t PyUnicode_GET_LENGTH(RC_NONNULL PyObject *op);
void PyUnicode_WRITE(int kind, void *data, Py_ssize_t index, Py_UCS4 value);
RC_NO_EFFECT Py_UCS4 PyUnicode_READ(int kind, const void *data, Py_ssize_t index);
RC_NO_EFFECT Py_UCS4 PyUnicode_READ_CHAR(PyObject *unicode, Py_ssize_t index);
RC_NO_EFFECT Py_UCS4 PyUnicode_MAX_CHAR_VALUE(PyObject *op);
NEW_REF PyObject *PyUnicode_New(Py_ssize_t size, Py_UCS4 maxchar);
RC_RAISES int _PyUnicode_Ready(PyObject *unicode);
RC_RAISES int PyUnicode_READY(RC_NONNULL PyObject *op);
NEW_REF PyObject *_PyUnicode_Copy(PyObject *unicode);
RC_RAISES Py_ssize_t PyUnicode_CopyCharacters(PyObject *to, Py_ssize_t to_start, PyObject *from, Py_ssize_t from_start,
        Py_ssize_t how_many);
void _PyUnicode_FastCopyCharacters(PyObject *to, Py_ssize_t to_start, PyObject *from, Py_ssize_t from_start,
        Py_ssize_t how_many);
RC_RAISES Py_ssize_t PyUnicode_Fill(PyObject *unicode, Py_ssize_t start, Py_ssize_t length, Py_UCS4 fill_char);
void _PyUnicode_FastFill(PyObject *unicode, Py_ssize_t start, Py_ssize_t length, Py_UCS4 fill_char);
NEW_REF PyObject *PyUnicode_FromKindAndData(int kind, const void *buffer, Py_ssize_t size);
NEW_REF PyObject *_PyUnicode_FromASCII(const char *buffer, Py_ssize_t size);
Py_UCS4 _PyUnicode_FindMaxChar(PyObject *unicode, Py_ssize_t start, Py_ssize_t end);
NEW_REF PyObject *PyUnicode_FromUnicode(const Py_UNICODE *u, Py_ssize_t size);
RC_RETURNS_BORROWED_FROM(unicode) RC_NULLABLE RC_RAISES Py_UNICODE *PyUnicode_AsUnicode(PyObject *unicode);
const Py_UNICODE *_PyUnicode_AsUnicode(PyObject *unicode);
Py_UNICODE *PyUnicode_AsUnicodeAndSize(PyObject *unicode, Py_ssize_t *size);
Py_ssize_t PyUnicode_WSTR_LENGTH(PyObject *op);
Py_ssize_t PyUnicode_GET_SIZE(PyObject *op);
Py_ssize_t PyUnicode_GET_DATA_SIZE(PyObject *op);
Py_UNICODE *PyUnicode_AS_UNICODE(PyObject *op);
const char *PyUnicode_AS_DATA(PyObject *op);
void _PyUnicodeWriter_Init(_PyUnicodeWriter *writer);
int _PyUnicodeWriter_PrepareInternal(_PyUnicodeWriter *writer, Py_ssize_t length, Py_UCS4 maxchar);
int _PyUnicodeWriter_PrepareKindInternal(_PyUnicodeWriter *writer, enum PyUnicode_Kind kind);
int _PyUnicodeWriter_WriteChar(_PyUnicodeWriter *writer, Py_UCS4 ch);
int _PyUnicodeWriter_WriteStr(_PyUnicodeWriter *writer, PyObject *str);
int _PyUnicodeWriter_WriteSubstring(_PyUnicodeWriter *writer, PyObject *str, Py_ssize_t start, Py_ssize_t end);
int _PyUnicodeWriter_WriteASCIIString(_PyUnicodeWriter *writer, const char *str, Py_ssize_t len);
int _PyUnicodeWriter_WriteLatin1String(_PyUnicodeWriter *writer, const char *str, Py_ssize_t len);
NEW_REF PyObject *_PyUnicodeWriter_Finish(_PyUnicodeWriter *writer);
void _PyUnicodeWriter_Dealloc(_PyUnicodeWriter *writer);
int _PyUnicode_FormatAdvancedWriter(_PyUnicodeWriter *writer, PyObject *obj, PyObject *format_spec, Py_ssize_t start,
        Py_ssize_t end);
RC_RETURNS_BORROWED_FROM(unicode) RC_NULLABLE RC_RAISES const char *PyUnicode_AsUTF8(
        RC_NONNULL PyObject *unicode);
NEW_REF PyObject *_PyUnicode_EncodeUTF7(PyObject *unicode, int base64SetO, int base64WhiteSpace, const char *errors);
NEW_REF PyObject *_PyUnicode_AsUTF8String(PyObject *unicode, const char *errors);
NEW_REF PyObject *_PyUnicode_EncodeUTF32(PyObject *object, const char *errors, int byteorder);
NEW_REF PyObject *_PyUnicode_EncodeUTF16(PyObject *unicode, const char *errors, int byteorder);
NEW_REF PyObject *_PyUnicode_DecodeUnicodeEscapeStateful(const char *string, Py_ssize_t length, const char *errors,
        Py_ssize_t *consumed);
NEW_REF PyObject *_PyUnicode_DecodeUnicodeEscapeInternal2(const char *string, Py_ssize_t length, const char *errors,
        Py_ssize_t *consumed, int *first_invalid_escape_char, const char **first_invalid_escape_ptr);
NEW_REF PyObject *_PyUnicode_DecodeUnicodeEscapeInternal(const char *string, Py_ssize_t length, const char *errors,
        Py_ssize_t *consumed, const char **first_invalid_escape);
NEW_REF PyObject *_PyUnicode_DecodeRawUnicodeEscapeStateful(const char *string, Py_ssize_t length, const char *errors,
        Py_ssize_t *consumed);
NEW_REF PyObject *_PyUnicode_AsLatin1String(PyObject *unicode, const char *errors);
NEW_REF PyObject *_PyUnicode_AsASCIIString(PyObject *unicode, const char *errors);
NEW_REF PyObject *_PyUnicode_EncodeCharmap(PyObject *unicode, PyObject *mapping, const char *errors);
NEW_REF PyObject *_PyUnicode_TransformDecimalAndSpaceToASCII(PyObject *unicode);
NEW_REF PyObject *_PyUnicode_JoinArray(PyObject *separator, PyObject *const *items, Py_ssize_t seqlen);
int _PyUnicode_EqualToASCIIId(PyObject *left, _Py_Identifier *right);
int _PyUnicode_EqualToASCIIString(PyObject *left, const char *right);
NEW_REF PyObject *_PyUnicode_XStrip(PyObject *self, int striptype, PyObject *sepobj);
RC_RAISES Py_ssize_t _PyUnicode_InsertThousandsGrouping(_PyUnicodeWriter *writer, Py_ssize_t n_buffer, PyObject *digits,
        Py_ssize_t d_pos, Py_ssize_t n_digits, Py_ssize_t min_width, const char *grouping, PyObject *thousands_sep,
        Py_UCS4 *maxchar);
NEW_REF PyObject *_PyUnicode_FormatLong(PyObject *o, int alt, int precision, int type);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *_PyUnicode_FromId(_Py_Identifier *id);
int _PyUnicode_EQ(PyObject *o, PyObject *other);
int _PyUnicode_Equal(PyObject *o, PyObject *other);
RC_RAISES RC_FAILS(result == 0) int _PyUnicode_WideCharString_Converter(PyObject *o, void *arg);
RC_RAISES RC_FAILS(result == 0) int _PyUnicode_WideCharString_Opt_Converter(PyObject *o, void *arg);
Py_ssize_t _PyUnicode_ScanIdentifier(PyObject *o);
#if defined MS_WINDOWS
NEW_REF PyObject *PyUnicode_DecodeMBCS(const char *string, Py_ssize_t length, const char *errors);
NEW_REF PyObject *PyUnicode_DecodeMBCSStateful(const char *string, Py_ssize_t length, const char *errors,
        Py_ssize_t *consumed);
NEW_REF PyObject *PyUnicode_DecodeCodePageStateful(int code_page, const char *string, Py_ssize_t length,
        const char *errors, Py_ssize_t *consumed);
NEW_REF PyObject *PyUnicode_AsMBCSString(PyObject *unicode);
NEW_REF PyObject *PyUnicode_EncodeCodePage(int code_page, PyObject *unicode, const char *errors);
#endif
#if BEFORE(3, 11)   /* encoders of wide buffers, gone since */
NEW_REF PyObject *PyUnicode_Encode(const Py_UNICODE *string, Py_ssize_t size, const char *encoding, const char *errors);
NEW_REF PyObject *PyUnicode_EncodeUTF7(const Py_UNICODE *string, Py_ssize_t size, int set_o, int white_space,
        const char *errors);
NEW_REF PyObject *PyUnicode_EncodeUTF8(const Py_UNICODE *string, Py_ssize_t size, const char *errors);
NEW_REF PyObject *PyUnicode_EncodeUTF16(const Py_UNICODE *string, Py_ssize_t size, const char *errors, int byteorder);
NEW_REF PyObject *PyUnicode_EncodeUTF32(const Py_UNICODE *string, Py_ssize_t size, const char *errors, int byteorder);
NEW_REF PyObject *PyUnicode_EncodeLatin1(const Py_UNICODE *string, Py_ssize_t size, const char *errors);
NEW_REF PyObject *PyUnicode_EncodeASCII(const Py_UNICODE *string, Py_ssize_t size, const char *errors);
NEW_REF PyObject *PyUnicode_EncodeUnicodeEscape(const Py_UNICODE *string, Py_ssize_t size);
NEW_REF PyObject *PyUnicode_EncodeRawUnicodeEscape(const Py_UNICODE *string, Py_ssize_t size);
NEW_REF PyObject *PyUnicode_EncodeCharmap(const Py_UNICODE *string, Py_ssize_t size, PyObject *mapping,
        const char *errors);
NEW_REF PyObject *PyUnicode_TransformDecimalToASCII(Py_UNICODE *string, Py_ssize_t size);
#endif
#if SINCE(3, 13)
RC_FAILS(0) int PyUnicode_EqualToUTF8(RC_NONNULL PyObject *unicode, const char *string);
RC_FAILS(0) int PyUnicode_EqualToUTF8AndSize(RC_NONNULL PyObject *unicode, const char *string, Py_ssize_t size);
#endif
#if SINCE(3, 14)
RC_RAISES int PyUnicode_Equal(RC_NONNULL PyObject *a, RC_NONNULL PyObject *b);
typedef struct PyUnicodeWriter PyUnicodeWriter;   /* ends with Finish, which frees it also when it fails, or Discard */
RC_NULLABLE RC_RAISES PyUnicodeWriter *PyUnicodeWriter_Create(Py_ssize_t length);
void PyUnicodeWriter_Discard(PyUnicodeWriter *writer);
NEW_REF PyObject *PyUnicodeWriter_Finish(PyUnicodeWriter *writer);
RC_RAISES int PyUnicodeWriter_WriteChar(PyUnicodeWriter *writer, Py_UCS4 ch);
RC_RAISES int PyUnicodeWriter_WriteUTF8(PyUnicodeWriter *writer, const char *string, Py_ssize_t size);
RC_RAISES int PyUnicodeWriter_WriteASCII(PyUnicodeWriter *writer, const char *string, Py_ssize_t size);
RC_RAISES int PyUnicodeWriter_WriteWideChar(PyUnicodeWriter *writer, const wchar_t *string, Py_ssize_t size);
RC_RAISES int PyUnicodeWriter_WriteUCS4(PyUnicodeWriter *writer, Py_UCS4 *string, Py_ssize_t size);
RC_RAISES RC_CALLS_OUT int PyUnicodeWriter_WriteStr(PyUnicodeWriter *writer, PyObject *o);
RC_RAISES RC_CALLS_OUT int PyUnicodeWriter_WriteRepr(PyUnicodeWriter *writer, PyObject *o);
RC_RAISES int PyUnicodeWriter_WriteSubstring(PyUnicodeWriter *writer, PyObject *string, Py_ssize_t start,
        Py_ssize_t end);
RC_RAISES RC_CALLS_OUT RC_FORMAT(message, 2) int PyUnicodeWriter_Format(PyUnicodeWriter *writer, const char *format,
        ...);
#endif

/* ---- bytes and byte arrays ----------------------------------------------------------------------------------- */
NEW_REF PyObject *PyByteArray_FromObject(PyObject *o);
NEW_REF PyObject *PyByteArray_Concat(PyObject *a, PyObject *b);
NEW_REF PyObject *PyByteArray_FromStringAndSize(const char *string, Py_ssize_t len);
RC_RAISES Py_ssize_t PyByteArray_Size(PyObject *bytearray);
RC_RETURNS_BORROWED_FROM(bytearray) RC_RAISES char *PyByteArray_AsString(PyObject *bytearray);
RC_RAISES int PyByteArray_Resize(PyObject *bytearray, Py_ssize_t len);
RC_RETURNS_BORROWED_FROM(op) char *PyByteArray_AS_STRING(RC_NONNULL PyObject *op);
Py_ssize_t PyByteArray_GET_SIZE(RC_NONNULL PyObject *op);
NEW_REF PyObject *PyBytes_FromStringAndSize(const char *v, Py_ssize_t len);
NEW_REF PyObject *PyBytes_FromString(const char *v);
NEW_REF PyObject *PyBytes_FromObject(PyObject *o);
NEW_REF PyObject *PyBytes_FromFormatV(const char *format, va_list vargs);
NEW_REF RC_FORMAT(message, 1) PyObject *PyBytes_FromFormat(const char *format, ...);
RC_RAISES Py_ssize_t PyBytes_Size(RC_NONNULL PyObject *o);
RC_RETURNS_BORROWED_FROM(o) RC_RAISES char *PyBytes_AsString(RC_NONNULL PyObject *o);
NEW_REF PyObject *PyBytes_Repr(PyObject *o, int smartquotes);
void PyBytes_Concat(RC_STEALS RC_OUT PyObject **bytes, PyObject *newpart);
void PyBytes_ConcatAndDel(RC_STEALS RC_OUT PyObject **bytes, RC_RELEASES PyObject *newpart);
NEW_REF PyObject *PyBytes_DecodeEscape(const char *string, Py_ssize_t len, const char *errors, Py_ssize_t unicode,
        const char *recode_encoding);
RC_RAISES int PyBytes_AsStringAndSize(RC_NONNULL PyObject *obj, char **s, Py_ssize_t *len);
RC_RAISES int _PyBytes_Resize(RC_STEALS RC_OUT PyObject **bytes, Py_ssize_t newsize);
NEW_REF PyObject *_PyBytes_FormatEx(const char *format, Py_ssize_t format_len, PyObject *args, int use_bytearray);
NEW_REF PyObject *_PyBytes_FromHex(PyObject *string, int use_bytearray);
NEW_REF PyObject *_PyBytes_DecodeEscape2(const char *string, Py_ssize_t len, const char *errors,
        int *first_invalid_char, const char **first_invalid);
NEW_REF PyObject *_PyBytes_DecodeEscape(const char *string, Py_ssize_t len, const char *errors,
        const char **first_invalid);
RC_RETURNS_BORROWED_FROM(op) RC_NO_EFFECT RC_NONNULL char *PyBytes_AS_STRING(RC_NONNULL PyObject *op);
RC_NO_EFFECT Py_ssize_t PyBytes_GET_SIZE(RC_NONNULL PyObject *op);
NEW_REF PyObject *_PyBytes_Join(PyObject *sep, PyObject *x);
void _PyBytesWriter_Init(_PyBytesWriter *writer);
NEW_REF PyObject *_PyBytesWriter_Finish(_PyBytesWriter *writer, void *str);
void _PyBytesWriter_Dealloc(_PyBytesWriter *writer);
void *_PyBytesWriter_Alloc(_PyBytesWriter *writer, Py_ssize_t size);
void *_PyBytesWriter_Prepare(_PyBytesWriter *writer, void *str, Py_ssize_t size);
void *_PyBytesWriter_Resize(_PyBytesWriter *writer, void *str, Py_ssize_t size);
void *_PyBytesWriter_WriteBytes(_PyBytesWriter *writer, void *str, const void *bytes, Py_ssize_t size);
#if SINCE(3, 14)
NEW_REF RC_CALLS_OUT PyObject *PyBytes_Join(RC_NONNULL PyObject *separator, PyObject *iterable);
#endif

/* ---- numbers ------------------------------------------------------------------------------------------------- */
NEW_REF PyObject *PyLong_FromLong(long v);
NEW_REF PyObject *PyLong_FromUnsignedLong(unsigned long v);
NEW_REF PyObject *PyLong_FromSize_t(size_t v);
NEW_REF PyObject *PyLong_FromSsize_t(Py_ssize_t v);
NEW_REF PyObject *PyLong_FromDouble(double v);
RC_RAISES long PyLong_AsLong(PyObject *obj);
RC_RAISES long PyLong_AsLongAndOverflow(PyObject *obj, int *overflow);
RC_RAISES Py_ssize_t PyLong_AsSsize_t(PyObject *pylong);
RC_RAISES size_t PyLong_AsSize_t(PyObject *pylong);
RC_RAISES unsigned long PyLong_AsUnsignedLong(PyObject *pylong);
RC_RAISES unsigned long PyLong_AsUnsignedLongMask(PyObject *obj);
NEW_REF PyObject *PyLong_GetInfo(void);
RC_RAISES double PyLong_AsDouble(PyObject *pylong);
NEW_REF PyObject *PyLong_FromVoidPtr(void *p);
RC_RAISES void *PyLong_AsVoidPtr(PyObject *pylong);
NEW_REF PyObject *PyLong_FromLongLong(long long v);
NEW_REF PyObject *PyLong_FromUnsignedLongLong(unsigned long long v);
RC_RAISES long long PyLong_AsLongLong(PyObject *obj);
RC_RAISES unsigned long long PyLong_AsUnsignedLongLong(PyObject *pylong);
RC_RAISES unsigned long long PyLong_AsUnsignedLongLongMask(PyObject *obj);
RC_RAISES long long PyLong_AsLongLongAndOverflow(PyObject *obj, int *overflow);
NEW_REF PyObject *PyLong_FromString(const char *str, char **pend, int base);
unsigned long PyOS_strtoul(const char *s, char **end, int flag);
long PyOS_strtol(const char *s, char **end, int flag);
RC_RAISES int _PyLong_AsInt(PyObject *o);
RC_RAISES RC_FAILS(result == 0) int _PyLong_UnsignedShort_Converter(PyObject *o, void *arg);
RC_RAISES RC_FAILS(result == 0) int _PyLong_UnsignedInt_Converter(PyObject *o, void *arg);
RC_RAISES RC_FAILS(result == 0) int _PyLong_UnsignedLong_Converter(PyObject *o, void *arg);
RC_RAISES RC_FAILS(result == 0) int _PyLong_UnsignedLongLong_Converter(PyObject *o, void *arg);
RC_RAISES RC_FAILS(result == 0) int _PyLong_Size_t_Converter(PyObject *o, void *arg);
double _PyLong_Frexp(PyLongObject *a, Py_ssize_t *e);
NEW_REF PyObject *PyLong_FromUnicodeObject(PyObject *u, int base);
NEW_REF PyObject *_PyLong_FromBytes(const char *s, Py_ssize_t len, int base);
int _PyLong_Sign(PyObject *v);
RC_RAISES size_t _PyLong_NumBits(PyObject *v);
NEW_REF PyObject *_PyLong_DivmodNear(PyObject *o, PyObject *other);
NEW_REF PyObject *_PyLong_FromByteArray(const unsigned char *bytes, size_t n, int little_endian, int is_signed);
RC_RAISES int _PyLong_AsByteArray(PyLongObject *v, unsigned char *bytes, size_t n, int little_endian, int is_signed);
NEW_REF PyObject *_PyLong_Format(PyObject *obj, int base);
NEW_REF PyObject *_PyLong_GCD(PyObject *o, PyObject *other);
NEW_REF PyObject *_PyLong_Rshift(PyObject *o, size_t bits);
NEW_REF PyObject *_PyLong_Lshift(PyObject *o, size_t bits);
NEW_REF PyLongObject *_PyLong_New(Py_ssize_t n);
NEW_REF PyObject *_PyLong_Copy(PyLongObject *src);
RC_NO_EFFECT int Py_IsTrue(PyObject *x);
RC_NO_EFFECT int Py_IsFalse(PyObject *x);
RC_RETURNS_NEW PyObject *PyBool_FromLong(long v);
double PyFloat_GetMax(void);
double PyFloat_GetMin(void);
NEW_REF PyObject *PyFloat_GetInfo(void);
NEW_REF PyObject *PyFloat_FromString(PyObject *str);
NEW_REF PyObject *PyFloat_FromDouble(double v);
RC_RAISES double PyFloat_AsDouble(PyObject *pyfloat);
RC_RAISES int PyFloat_Pack2(double x, char *p, int le);
RC_RAISES int PyFloat_Pack4(double x, char *p, int le);
RC_RAISES int PyFloat_Pack8(double x, char *p, int le);
RC_RAISES double PyFloat_Unpack2(const char *p, int le);
RC_RAISES double PyFloat_Unpack4(const char *p, int le);
RC_RAISES double PyFloat_Unpack8(const char *p, int le);
NEW_REF PyObject *PyComplex_FromDoubles(double real, double imag);
RC_RAISES double PyComplex_RealAsDouble(PyObject *op);
RC_RAISES double PyComplex_ImagAsDouble(PyObject *op);
NEW_REF PyObject *PyComplex_FromCComplex(Py_complex v);
RC_RAISES Py_complex PyComplex_AsCComplex(PyObject *op);
double PyOS_string_to_double(const char *str, char **endptr, PyObject *overflow_exception);
char *PyOS_double_to_string(double val, char format_code, int precision, int flags, int *type);
NEW_REF PyObject *_Py_string_to_number_with_underscores(const char *str, Py_ssize_t len, const char *what,
        PyObject *obj, void *arg, PyObject *(*innerfunc)(const char *, Py_ssize_t, void *));
double _Py_parse_inf_or_nan(const char *p, char **endptr);
#if SINCE(3, 13)
RC_RAISES int PyLong_AsInt(PyObject *o);
RC_RAISES Py_ssize_t PyLong_AsNativeBytes(PyObject *o, void *buffer, Py_ssize_t size, int flags);
NEW_REF PyObject *PyLong_FromNativeBytes(const void *buffer, size_t size, int flags);
NEW_REF PyObject *PyLong_FromUnsignedNativeBytes(const void *buffer, size_t size, int flags);
#endif
#if SINCE(3, 14)
NEW_REF PyObject *PyLong_FromInt32(int32_t value);
NEW_REF PyObject *PyLong_FromUInt32(uint32_t value);
NEW_REF PyObject *PyLong_FromInt64(int64_t value);
NEW_REF PyObject *PyLong_FromUInt64(uint64_t value);
RC_RAISES int PyLong_AsInt32(PyObject *o, int32_t *value);
RC_RAISES int PyLong_AsUInt32(PyObject *o, uint32_t *value);
RC_RAISES int PyLong_AsInt64(PyObject *o, int64_t *value);
RC_RAISES int PyLong_AsUInt64(PyObject *o, uint64_t *value);
RC_RAISES int PyLong_GetSign(PyObject *o, int *sign);
RC_RAISES int PyLong_IsPositive(PyObject *o);
RC_RAISES int PyLong_IsNegative(PyObject *o);
RC_RAISES int PyLong_IsZero(PyObject *o);
typedef struct PyLongWriter PyLongWriter;   /* ends with Finish, which frees it also when it fails, or Discard */
RC_NULLABLE RC_RAISES PyLongWriter *PyLongWriter_Create(int negative, Py_ssize_t ndigits, void **digits);
NEW_REF PyObject *PyLongWriter_Finish(PyLongWriter *writer);
void PyLongWriter_Discard(PyLongWriter *writer);
#endif

NEW_REF PyObject *_PyLong_FromTime_t(time_t value);
NEW_REF PyObject *_PyTime_AsNanosecondsObject(int64_t value);

/* ---- slices, cells, iterators, weak references, descriptors, generic aliases --------------------------------- */
NEW_REF PyObject *PySlice_New(RC_KEEPS PyObject *start, RC_KEEPS PyObject *stop, RC_KEEPS PyObject *step);
NEW_REF PyObject *_PySlice_FromIndices(Py_ssize_t start, Py_ssize_t stop);
RC_RAISES int _PySlice_GetLongIndices(PySliceObject *self, PyObject *length, RC_OUT PyObject **start_ptr,
        RC_OUT PyObject **stop_ptr, RC_OUT PyObject **step_ptr);
int PySlice_GetIndices(PyObject *r, Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *stop, Py_ssize_t *step);
RC_RAISES int PySlice_GetIndicesEx(PyObject *r, Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *stop,
        Py_ssize_t *step, Py_ssize_t *slicelength);
RC_RAISES int PySlice_Unpack(PyObject *slice, Py_ssize_t *start, Py_ssize_t *stop, Py_ssize_t *step);
Py_ssize_t PySlice_AdjustIndices(Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *stop, Py_ssize_t step);
NEW_REF PyObject *PyCell_New(RC_KEEPS PyObject *ob);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyCell_Get(PyObject *cell);
RC_RAISES int PyCell_Set(PyObject *cell, RC_KEEPS PyObject *value);
NEW_REF PyObject *PySeqIter_New(RC_KEEPS PyObject *seq);
NEW_REF PyObject *PyCallIter_New(RC_KEEPS PyObject *callable, RC_KEEPS PyObject *sentinel);
NEW_REF PyObject *PyDescr_NewMethod(RC_KEEPS PyTypeObject *type, PyMethodDef *meth);
NEW_REF PyObject *PyDescr_NewClassMethod(RC_KEEPS PyTypeObject *type, PyMethodDef *method);
NEW_REF PyObject *PyDescr_NewMember(RC_KEEPS PyTypeObject *type, PyMemberDef *meth);
NEW_REF PyObject *PyDescr_NewGetSet(RC_KEEPS PyTypeObject *type, PyGetSetDef *getset);
NEW_REF PyObject *PyDictProxy_New(RC_KEEPS PyObject *mapping);
NEW_REF PyObject *PyWrapper_New(PyObject *descr, RC_KEEPS PyObject *self);
NEW_REF PyObject *PyDescr_NewWrapper(RC_KEEPS PyTypeObject *type, struct wrapperbase *wrapper, void *wrapped);
int PyDescr_IsData(PyObject *descr);
NEW_REF PyObject *Py_GenericAlias(RC_KEEPS PyObject *origin, RC_KEEPS PyObject *args);
NEW_REF PyObject *PyWeakref_NewRef(PyObject *ob, RC_KEEPS PyObject *callback);
NEW_REF PyObject *PyWeakref_NewProxy(PyObject *ob, RC_KEEPS PyObject *callback);
RC_RETURNS_BORROWED PyObject *PyWeakref_GetObject(PyObject *ref);
RC_RAISES Py_ssize_t _PyWeakref_GetWeakrefCount(PyWeakReference *head);
void _PyWeakref_ClearRef(PyWeakReference *self);
RC_RETURNS_BORROWED PyObject *PyWeakref_GET_OBJECT(PyObject *ref_obj);
#if SINCE(3, 13)
RC_RAISES int PyWeakref_GetRef(PyObject *ref, RC_OUT RC_NULLABLE PyObject **result);
#endif
#if SINCE(3, 14)
RC_RAISES int PyWeakref_IsDead(PyObject *ref);
#endif

/* ---- modules and what is added to them ----------------------------------------------------------------------- */
NEW_REF PyObject *PyModule_NewObject(RC_KEEPS PyObject *name);
NEW_REF PyObject *PyModule_New(const char *name);
RC_RETURNS_BORROWED_FROM(module) PyObject *PyModule_GetDict(RC_NONNULL PyObject *module);
NEW_REF RC_KEEPS PyObject *PyModule_GetNameObject(PyObject *module);
RC_RETURNS_BORROWED_FROM(module) RC_NULLABLE RC_RAISES const char *PyModule_GetName(PyObject *module);
RC_RETURNS_BORROWED_FROM(module) RC_NULLABLE RC_RAISES const char *PyModule_GetFilename(PyObject *module);
NEW_REF PyObject *PyModule_GetFilenameObject(PyObject *module);
void _PyModule_Clear(PyObject *o);
void _PyModule_ClearDict(PyObject *o);
RC_RAISES int _PyModuleSpec_IsInitializing(PyObject *o);
PyModuleDef *PyModule_GetDef(PyObject *module);
void *PyModule_GetState(PyObject *module);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *PyModuleDef_Init(PyModuleDef *def);

/* ---- arguments and values by format -------------------------------------------------------------------------- */
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 2) int _PyArg_Parse_SizeT(PyObject *args, const char *format, ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 2) int _PyArg_ParseTuple_SizeT(PyObject *args, const char *format,
        ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 3) int _PyArg_ParseTupleAndKeywords_SizeT(PyObject *args,
        PyObject *kwargs, const char *format, char **keywords, ...);
RC_RAISES RC_FAILS(result == 0) int _PyArg_VaParse_SizeT(PyObject *args, const char *format, va_list vargs);
RC_RAISES RC_FAILS(result == 0) int _PyArg_VaParseTupleAndKeywords_SizeT(PyObject *args, PyObject *kwargs,
        const char *format, char **keywords, va_list vargs);
RC_RAISES RC_FAILS(result == 0) int PyArg_ValidateKeywordArguments(PyObject *o);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(unpack, 2) int PyArg_UnpackTuple(PyObject *args, const char *name,
        Py_ssize_t min, Py_ssize_t max, ...);
NEW_REF RC_FORMAT(build, 1) PyObject *_Py_BuildValue_SizeT(const char *format, ...);
NEW_REF PyObject *_Py_VaBuildValue_SizeT(const char *format, va_list vargs);
RC_SETS_UP RC_RAISES int PyModule_AddObjectRef(RC_NONNULL PyObject *mod, RC_NONNULL const char *name,
        RC_KEEPS PyObject *value);
RC_SETS_UP RC_RAISES int PyModule_AddObject(RC_NONNULL PyObject *mod, RC_NONNULL const char *name,
        RC_STEALS_ON_SUCCESS PyObject *value);
RC_SETS_UP RC_RAISES int PyModule_AddIntConstant(RC_NONNULL PyObject *module, RC_NONNULL const char *name, long value);
RC_SETS_UP RC_RAISES int PyModule_AddStringConstant(RC_NONNULL PyObject *module, RC_NONNULL const char *name,
        const char *value);
RC_SETS_UP RC_RAISES int PyModule_AddType(RC_NONNULL PyObject *module, RC_KEEPS PyTypeObject *type);
RC_RAISES int PyModule_SetDocString(PyObject *module, const char *docstring);
RC_SETS_UP RC_RAISES int PyModule_AddFunctions(PyObject *module, PyMethodDef *functions);
RC_RAISES int PyModule_ExecDef(PyObject *module, PyModuleDef *def);
RC_SETS_UP NEW_REF PyObject *PyModule_Create2(PyModuleDef *def, int apiver);
RC_SETS_UP NEW_REF PyObject *PyModule_FromDefAndSpec2(PyModuleDef *def, PyObject *spec, int apiver);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(unpack, 3) int _PyArg_UnpackStack(PyObject *const *args, Py_ssize_t nargs,
        const char *name, Py_ssize_t min, Py_ssize_t max, ...);
RC_RAISES RC_FAILS(result == 0) int _PyArg_NoKeywords(const char *funcname, PyObject *kwargs);
RC_RAISES RC_FAILS(result == 0) int _PyArg_NoKwnames(const char *funcname, PyObject *kwnames);
RC_RAISES RC_FAILS(result == 0) int _PyArg_NoPositional(const char *funcname, PyObject *args);
RC_RAISES RC_FAILS(1) void _PyArg_BadArgument(const char *fname, const char *displayname, const char *expected,
        PyObject *arg);
RC_RAISES RC_FAILS(result == 0) int _PyArg_CheckPositional(const char *name, Py_ssize_t nargs, Py_ssize_t min,
        Py_ssize_t max);
PyObject **_Py_VaBuildStack_SizeT(PyObject **small_stack, Py_ssize_t small_stack_len, const char *format, va_list va,
        Py_ssize_t *p_nargs);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parser, 3) int _PyArg_ParseTupleAndKeywordsFast_SizeT(PyObject *args,
        PyObject *kwargs, struct _PyArg_Parser *parser, ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 3) int _PyArg_ParseStack_SizeT(PyObject *const *args, Py_ssize_t nargs,
        const char *format, ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parser, 4) int _PyArg_ParseStackAndKeywords_SizeT(PyObject *const *args,
        Py_ssize_t nargs, PyObject *kwnames, struct _PyArg_Parser *parser, ...);
RC_RAISES RC_FAILS(result == 0) int _PyArg_VaParseTupleAndKeywordsFast_SizeT(PyObject *args, PyObject *kwargs,
        struct _PyArg_Parser *parser, va_list vargs);
RC_NULLABLE RC_RAISES PyObject *const *_PyArg_UnpackKeywords(PyObject *const *args, Py_ssize_t nargs, PyObject *kwargs,
        PyObject *kwnames, struct _PyArg_Parser *parser, int minpos, int maxpos, int minkw, PyObject **buf);
RC_NULLABLE RC_RAISES PyObject *const *_PyArg_UnpackKeywordsWithVararg(PyObject *const *args, Py_ssize_t nargs,
        PyObject *kwargs, PyObject *kwnames, struct _PyArg_Parser *parser, int minpos, int maxpos, int minkw,
        int vararg, PyObject **buf);
RC_SETS_UP NEW_REF PyObject *_PyModule_CreateInitialized(PyModuleDef *def, int apiver);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 2) int PyArg_Parse(PyObject *args, const char *format, ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 2) int PyArg_ParseTuple(PyObject *args, const char *format, ...);
#if !SINCE(3, 13)
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 3) int PyArg_ParseTupleAndKeywords(PyObject *args, PyObject *kwargs,
        const char *format, char **keywords, ...);
RC_RAISES RC_FAILS(result == 0) int PyArg_VaParseTupleAndKeywords(PyObject *args, PyObject *kwargs, const char *format,
        char **keywords, va_list vargs);
#else
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 3) int PyArg_ParseTupleAndKeywords(PyObject *args, PyObject *kwargs,
        const char *format, char *const *keywords, ...);
RC_RAISES RC_FAILS(result == 0) int PyArg_VaParseTupleAndKeywords(PyObject *args, PyObject *kwargs, const char *format,
        char *const *keywords, va_list vargs);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 3) int PyArg_ParseArray(PyObject *const *args, Py_ssize_t nargs,
        const char *format, ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 4) int PyArg_ParseArrayAndKeywords(PyObject *const *args,
        Py_ssize_t nargs, PyObject *kwnames, const char *format, const char *const *kwlist, ...);
#endif
RC_RAISES RC_FAILS(result == 0) int PyArg_VaParse(PyObject *args, const char *format, va_list vargs);
NEW_REF RC_FORMAT(build, 1) PyObject *Py_BuildValue(const char *format, ...);
NEW_REF PyObject *Py_VaBuildValue(const char *format, va_list vargs);
#if SINCE(3, 12)
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parse, 3) int _PyArg_ParseStack(PyObject *const *args, Py_ssize_t nargs,
        const char *format, ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parser, 4) int _PyArg_ParseStackAndKeywords(PyObject *const *args,
        Py_ssize_t nargs, PyObject *kwnames, struct _PyArg_Parser *parser, ...);
RC_RAISES RC_FAILS(result == 0) RC_FORMAT(parser, 3) int _PyArg_ParseTupleAndKeywordsFast(PyObject *args,
        PyObject *kwargs, struct _PyArg_Parser *parser, ...);
#endif
#if SINCE(3, 13)
RC_SETS_UP RC_RAISES int PyModule_Add(RC_NONNULL PyObject *module, RC_NONNULL const char *name,
        RC_STEALS PyObject *value);
#endif

/* ---- exceptions and warnings --------------------------------------------------------------------------------- */
RC_RAISES int PyTraceBack_Here(PyFrameObject *frame);
RC_RAISES int PyTraceBack_Print(PyObject *traceback, PyObject *file);
int _Py_DisplaySourceLine(PyObject *file, PyObject *filename, int lineno, int indent, int *truncation, PyObject **line);
void _PyTraceback_Add(const char *funcname, const char *filename, int lineno);
RC_RAISES RC_CALLS_OUT int PyErr_WarnEx(PyObject *category, const char *message, Py_ssize_t stack_level);
RC_RAISES RC_CALLS_OUT RC_FORMAT(message, 3) int PyErr_WarnFormat(PyObject *category, Py_ssize_t stack_level,
        const char *format, ...);
RC_RAISES RC_CALLS_OUT RC_FORMAT(message, 3) int PyErr_ResourceWarning(PyObject *source, Py_ssize_t stack_level,
        const char *format, ...);
RC_RAISES RC_CALLS_OUT int PyErr_WarnExplicit(PyObject *category, const char *message, const char *filename, int lineno,
        const char *module, PyObject *registry);
RC_RAISES RC_CALLS_OUT int PyErr_WarnExplicitObject(PyObject *category, PyObject *message, PyObject *filename,
        int lineno, PyObject *module, PyObject *registry);
RC_RAISES RC_CALLS_OUT RC_FORMAT(message, 6) int PyErr_WarnExplicitFormat(PyObject *category, const char *filename,
        int lineno, const char *module, PyObject *registry, const char *format, ...);
RC_RAISES RC_FAILS(1) void PyErr_SetNone(RC_KEEPS PyObject *type);
RC_RAISES RC_FAILS(1) void PyErr_SetObject(RC_KEEPS PyObject *type, RC_KEEPS PyObject *value);
RC_RAISES RC_FAILS(1) void PyErr_SetString(RC_KEEPS PyObject *exception, const char *string);
RC_TELLS_ERROR RC_RETURNS_BORROWED RC_NULLABLE PyObject *PyErr_Occurred(void);
RC_CLEARS_ERROR void PyErr_Clear(void);
RC_CLEARS_ERROR void PyErr_Fetch(RC_OUT RC_NULLABLE PyObject **type, RC_OUT RC_NULLABLE PyObject **value,
        RC_OUT RC_NULLABLE PyObject **traceback);
RC_RAISES RC_FAILS(1) void PyErr_Restore(RC_STEALS PyObject *type, RC_STEALS PyObject *value,
        RC_STEALS PyObject *traceback);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyErr_GetHandledException(void);
void PyErr_SetHandledException(PyObject *exc);
void PyErr_GetExcInfo(RC_OUT RC_NULLABLE PyObject **type, RC_OUT RC_NULLABLE PyObject **value,
        RC_OUT RC_NULLABLE PyObject **traceback);
void PyErr_SetExcInfo(RC_STEALS PyObject *type, RC_STEALS PyObject *value, RC_STEALS PyObject *traceback);
NO_RETURN void Py_FatalError(const char *message);
int PyErr_GivenExceptionMatches(PyObject *given, PyObject *exc);
int PyErr_ExceptionMatches(PyObject *exc);
void PyErr_NormalizeException(RC_STEALS RC_OUT PyObject **type, RC_STEALS RC_OUT PyObject **value,
        RC_STEALS RC_OUT PyObject **traceback);
RC_RAISES int PyException_SetTraceback(PyObject *ex, RC_KEEPS PyObject *tb);
RC_RETURNS_NEW RC_KEEPS RC_NULLABLE PyObject *PyException_GetTraceback(PyObject *ex);
RC_RETURNS_NEW RC_KEEPS RC_NULLABLE PyObject *PyException_GetCause(PyObject *ex);
void PyException_SetCause(PyObject *exc, RC_STEALS PyObject *cause);
RC_RETURNS_NEW RC_KEEPS RC_NULLABLE PyObject *PyException_GetContext(PyObject *ex);
void PyException_SetContext(PyObject *exc, RC_STEALS PyObject *context);
const char *PyExceptionClass_Name(PyObject *o);
RC_RAISES RC_FAILS(1) int PyErr_BadArgument(void);
ALWAYS_NULL PyObject *PyErr_NoMemory(void);
ALWAYS_NULL PyObject *PyErr_SetFromErrno(RC_KEEPS PyObject *type);
ALWAYS_NULL PyObject *PyErr_SetFromErrnoWithFilenameObject(RC_KEEPS PyObject *type, RC_KEEPS PyObject *filenameObject);
ALWAYS_NULL PyObject *PyErr_SetFromErrnoWithFilenameObjects(RC_KEEPS PyObject *type, RC_KEEPS PyObject *filenameObject,
        RC_KEEPS PyObject *filenameObject2);
ALWAYS_NULL PyObject *PyErr_SetFromErrnoWithFilename(RC_KEEPS PyObject *exc, const char *filename);
ALWAYS_NULL RC_FORMAT(message, 2) PyObject *PyErr_Format(RC_KEEPS PyObject *exception, const char *format, ...);
ALWAYS_NULL PyObject *PyErr_FormatV(RC_KEEPS PyObject *exception, const char *format, va_list vargs);
ALWAYS_NULL PyObject *PyErr_SetImportErrorSubclass(RC_KEEPS PyObject *exception, RC_KEEPS PyObject *msg,
        RC_KEEPS PyObject *name, PyObject *path);
ALWAYS_NULL PyObject *PyErr_SetImportError(RC_KEEPS PyObject *msg, RC_KEEPS PyObject *name, RC_KEEPS PyObject *path);
RC_RAISES RC_FAILS(1) void PyErr_BadInternalCall(void);
RC_RAISES RC_FAILS(1) void _PyErr_BadInternalCall(const char *filename, int lineno);
RC_SETS_UP NEW_REF PyObject *PyErr_NewException(const char *name, RC_KEEPS PyObject *base, RC_KEEPS PyObject *dict);
RC_SETS_UP NEW_REF PyObject *PyErr_NewExceptionWithDoc(const char *name, const char *doc, RC_KEEPS PyObject *base,
        RC_KEEPS PyObject *dict);
RC_CLEARS_ERROR RC_CALLS_OUT void PyErr_WriteUnraisable(PyObject *obj);
RC_RAISES RC_CALLS_OUT int PyErr_CheckSignals(void);
void PyErr_SetInterrupt(void);
RC_RAISES int PyErr_SetInterruptEx(int signum);
void PyErr_SyntaxLocation(const char *filename, int lineno);
void PyErr_SyntaxLocationEx(const char *filename, int lineno, int col_offset);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyErr_ProgramText(const char *filename, int lineno);
NEW_REF PyObject *PyUnicodeDecodeError_Create(const char *encoding, const char *object, Py_ssize_t length,
        Py_ssize_t start, Py_ssize_t end, const char *reason);
NEW_REF PyObject *PyUnicodeEncodeError_GetEncoding(PyObject *exc);
NEW_REF PyObject *PyUnicodeDecodeError_GetEncoding(PyObject *exc);
NEW_REF PyObject *PyUnicodeEncodeError_GetObject(PyObject *exc);
NEW_REF PyObject *PyUnicodeDecodeError_GetObject(PyObject *exc);
NEW_REF PyObject *PyUnicodeTranslateError_GetObject(PyObject *exc);
RC_RAISES int PyUnicodeEncodeError_GetStart(PyObject *exc, Py_ssize_t *start);
RC_RAISES int PyUnicodeDecodeError_GetStart(PyObject *exc, Py_ssize_t *start);
RC_RAISES int PyUnicodeTranslateError_GetStart(PyObject *exc, Py_ssize_t *start);
RC_RAISES int PyUnicodeEncodeError_SetStart(PyObject *exc, Py_ssize_t start);
RC_RAISES int PyUnicodeDecodeError_SetStart(PyObject *exc, Py_ssize_t start);
RC_RAISES int PyUnicodeTranslateError_SetStart(PyObject *exc, Py_ssize_t start);
RC_RAISES int PyUnicodeEncodeError_GetEnd(PyObject *exc, Py_ssize_t *end);
RC_RAISES int PyUnicodeDecodeError_GetEnd(PyObject *exc, Py_ssize_t *end);
RC_RAISES int PyUnicodeTranslateError_GetEnd(PyObject *exc, Py_ssize_t *end);
RC_RAISES int PyUnicodeEncodeError_SetEnd(PyObject *exc, Py_ssize_t end);
RC_RAISES int PyUnicodeDecodeError_SetEnd(PyObject *exc, Py_ssize_t end);
RC_RAISES int PyUnicodeTranslateError_SetEnd(PyObject *exc, Py_ssize_t end);
NEW_REF PyObject *PyUnicodeEncodeError_GetReason(PyObject *exc);
NEW_REF PyObject *PyUnicodeDecodeError_GetReason(PyObject *exc);
NEW_REF PyObject *PyUnicodeTranslateError_GetReason(PyObject *exc);
RC_RAISES int PyUnicodeEncodeError_SetReason(PyObject *exc, const char *reason);
RC_RAISES int PyUnicodeDecodeError_SetReason(PyObject *exc, const char *reason);
RC_RAISES int PyUnicodeTranslateError_SetReason(PyObject *exc, const char *reason);
int PyOS_snprintf(char *str, size_t size, const char *format, ...);
int PyOS_vsnprintf(char *str, size_t size, const char *format, va_list va);
RC_RAISES RC_FAILS(1) void _PyErr_SetKeyError(RC_KEEPS PyObject *o);
_PyErr_StackItem *_PyErr_GetTopmostException(PyThreadState *tstate);
RC_RETURNS_NEW RC_NULLABLE PyObject *_PyErr_GetHandledException(PyThreadState *tstate);
void _PyErr_SetHandledException(PyThreadState *tstate, PyObject *exc);
void _PyErr_GetExcInfo(PyThreadState *tstate, RC_OUT RC_NULLABLE PyObject **type, RC_OUT RC_NULLABLE PyObject **value,
        RC_OUT RC_NULLABLE PyObject **traceback);
RC_RAISES RC_FAILS(1) void _PyErr_ChainExceptions(RC_STEALS PyObject *type, RC_STEALS PyObject *value,
        RC_STEALS PyObject *traceback);
ALWAYS_NULL RC_FORMAT(message, 2) PyObject *_PyErr_FormatFromCause(PyObject *exception, const char *format, ...);
RC_RETURNS_BORROWED RC_NULLABLE RC_FORMAT(message, 1) PyObject *_PyErr_TrySetFromCause(const char *prefix_format, ...);
RC_RAISES int PySignal_SetWakeupFd(int fd);
RC_RAISES RC_CALLS_OUT int _PyErr_CheckSignals(void);
void PyErr_SyntaxLocationObject(RC_KEEPS PyObject *filename, int lineno, int col_offset);
void PyErr_RangedSyntaxLocationObject(PyObject *filename, int lineno, int col_offset, int end_lineno,
        int end_col_offset);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyErr_ProgramTextObject(PyObject *filename, int lineno);
RC_RETURNS_NEW RC_NULLABLE PyObject *_PyErr_ProgramDecodedTextObject(PyObject *filename, int lineno,
        const char *encoding);
NEW_REF PyObject *_PyUnicodeTranslateError_Create(PyObject *object, Py_ssize_t start, Py_ssize_t end,
        const char *reason);
RC_CLEARS_ERROR RC_CALLS_OUT void _PyErr_WriteUnraisableMsg(const char *err_msg, PyObject *obj);
NO_RETURN void _Py_FatalErrorFunc(const char *func, const char *message);
NO_RETURN void _Py_FatalErrorFormat(const char *func, const char *format, ...);
#if SINCE(3, 12)
RC_CLEARS_ERROR RC_RETURNS_NEW RC_NULLABLE PyObject *PyErr_GetRaisedException(void);
RC_RAISES RC_FAILS(1) void PyErr_SetRaisedException(RC_STEALS PyObject *exc);
void PyErr_DisplayException(PyObject *exc);
RC_RETURNS_NEW PyObject *PyException_GetArgs(PyObject *exc);
void PyException_SetArgs(PyObject *exc, RC_KEEPS PyObject *args);
NEW_REF PyObject *PyUnstable_Exc_PrepReraiseStar(PyObject *orig, PyObject *excs);
RC_RAISES RC_FAILS(1) void _PyErr_ChainExceptions1(RC_STEALS PyObject *exc);
#endif
#if SINCE(3, 13)
void PyErr_FormatUnraisable(const char *format, ...);
#endif
#if defined MS_WINDOWS
ALWAYS_NULL PyObject *PyErr_SetFromWindowsErr(int ierr);
ALWAYS_NULL PyObject *PyErr_SetFromWindowsErrWithFilename(int ierr, const char *filename);
ALWAYS_NULL PyObject *PyErr_SetExcFromWindowsErr(PyObject *type, int ierr);
ALWAYS_NULL PyObject *PyErr_SetExcFromWindowsErrWithFilename(PyObject *type, int ierr, const char *filename);
ALWAYS_NULL PyObject *PyErr_SetExcFromWindowsErrWithFilenameObject(PyObject *type, int ierr,
        RC_KEEPS PyObject *filename);
ALWAYS_NULL PyObject *PyErr_SetExcFromWindowsErrWithFilenameObjects(PyObject *type, int ierr,
        RC_KEEPS PyObject *filename, RC_KEEPS PyObject *filename2);
#endif

/* ---- functions, methods, code, frames, generators ------------------------------------------------------------ */
PyCFunction PyCFunction_GetFunction(PyObject *o);
RC_RETURNS_BORROWED_FROM(o) PyObject *PyCFunction_GetSelf(PyObject *o);
int PyCFunction_GetFlags(PyObject *o);
NEW_REF PyObject *PyCFunction_Call(PyObject *func, PyObject *args, PyObject *kwargs);
NEW_REF PyObject *PyCFunction_New(PyMethodDef *method, RC_KEEPS PyObject *self);
NEW_REF PyObject *PyCFunction_NewEx(PyMethodDef *method, RC_KEEPS PyObject *self, RC_KEEPS PyObject *module);
NEW_REF PyObject *PyCMethod_New(PyMethodDef *method, RC_KEEPS PyObject *self, RC_KEEPS PyObject *module,
        RC_KEEPS PyTypeObject *cls);
PyCFunction PyCFunction_GET_FUNCTION(PyObject *func);
RC_RETURNS_BORROWED_FROM(func_obj) PyObject *PyCFunction_GET_SELF(PyObject *func_obj);
int PyCFunction_GET_FLAGS(PyObject *func);
RC_RETURNS_BORROWED_FROM(func_obj) PyTypeObject *PyCFunction_GET_CLASS(PyObject *func_obj);
NEW_REF PyObject *PyFunction_New(RC_KEEPS PyObject *code, RC_KEEPS PyObject *globals);
NEW_REF PyObject *PyFunction_NewWithQualName(RC_KEEPS PyObject *code, RC_KEEPS PyObject *globals,
        RC_KEEPS PyObject *qualname);
RC_RETURNS_BORROWED_FROM(op) PyObject *PyFunction_GetCode(PyObject *op);
RC_RETURNS_BORROWED_FROM(op) PyObject *PyFunction_GetGlobals(PyObject *op);
RC_RETURNS_BORROWED_FROM(op) RC_NULLABLE PyObject *PyFunction_GetModule(PyObject *op);
RC_RETURNS_BORROWED_FROM(op) RC_NULLABLE PyObject *PyFunction_GetDefaults(PyObject *op);
RC_RAISES int PyFunction_SetDefaults(PyObject *op, RC_KEEPS PyObject *defaults);
RC_RETURNS_BORROWED_FROM(o) RC_NULLABLE PyObject *PyFunction_GetKwDefaults(PyObject *o);
RC_RAISES int PyFunction_SetKwDefaults(PyObject *op, RC_KEEPS PyObject *defaults);
RC_RETURNS_BORROWED_FROM(op) RC_NULLABLE PyObject *PyFunction_GetClosure(PyObject *op);
RC_RAISES int PyFunction_SetClosure(PyObject *op, RC_KEEPS PyObject *closure);
RC_RETURNS_BORROWED_FROM(op) RC_NULLABLE PyObject *PyFunction_GetAnnotations(PyObject *op);
RC_RAISES int PyFunction_SetAnnotations(PyObject *op, RC_KEEPS PyObject *annotations);
NEW_REF PyObject *_PyFunction_Vectorcall(PyObject *func, PyObject *const *stack, size_t nargsf, PyObject *kwnames);
NEW_REF PyObject *PyClassMethod_New(RC_KEEPS PyObject *o);
NEW_REF PyObject *PyStaticMethod_New(RC_KEEPS PyObject *o);
NEW_REF PyObject *PyMethod_New(RC_KEEPS PyObject *func, RC_KEEPS PyObject *self);
RC_RETURNS_BORROWED_FROM(meth) PyObject *PyMethod_Function(PyObject *meth);
RC_RETURNS_BORROWED_FROM(meth) PyObject *PyMethod_Self(PyObject *meth);
NEW_REF PyObject *PyInstanceMethod_New(RC_KEEPS PyObject *func);
RC_RETURNS_BORROWED_FROM(im) PyObject *PyInstanceMethod_Function(PyObject *im);
NEW_REF PyCodeObject *PyCode_New(int argcount, int kwonlyargcount, int nlocals, int stacksize, int flags,
        PyObject *code, PyObject *consts, PyObject *names, PyObject *varnames, PyObject *freevars, PyObject *cellvars,
        PyObject *filename, PyObject *name, PyObject *firstlineno, int linetable, PyObject *exceptiontable,
        PyObject *d2);
NEW_REF PyCodeObject *PyCode_NewWithPosOnlyArgs(int argcount, int posonlyargcount, int kwonlyargcount, int nlocals,
        int stacksize, int flags, PyObject *code, PyObject *consts, PyObject *names, PyObject *varnames,
        PyObject *freevars, PyObject *cellvars, PyObject *filename, PyObject *name, PyObject *firstlineno,
        int linetable, PyObject *exceptiontable, PyObject *d2);
NEW_REF PyCodeObject *PyCode_NewEmpty(const char *filename, const char *funcname, int firstlineno);
RC_RAISES int PyCode_Addr2Line(PyCodeObject *co, int byte_offset);
RC_RAISES int PyCode_Addr2Location(PyCodeObject *co, int byte_offset, int *start_line, int *start_column, int *end_line,
        int *end_column);
int _PyCode_CheckLineNumber(int lasti, PyCodeAddressRange *bounds);
NEW_REF PyObject *_PyCode_ConstantKey(PyObject *obj);
NEW_REF PyObject *PyCode_Optimize(PyObject *code, PyObject *consts, PyObject *names, PyObject *lnotab);
int _PyCode_GetExtra(PyObject *code, Py_ssize_t index, void **extra);
RC_RAISES int _PyCode_SetExtra(PyObject *code, Py_ssize_t index, void *extra);
NEW_REF PyObject *PyCode_GetCode(PyCodeObject *code);
NEW_REF PyObject *PyCode_GetVarnames(PyCodeObject *code);
NEW_REF PyObject *PyCode_GetCellvars(PyCodeObject *code);
NEW_REF PyObject *PyCode_GetFreevars(PyCodeObject *code);
int PyFrame_GetLineNumber(PyFrameObject *frame);
RC_RETURNS_NEW RC_KEEPS PyCodeObject *PyFrame_GetCode(PyFrameObject *frame);
RC_RETURNS_NEW RC_KEEPS RC_NULLABLE PyFrameObject *PyFrame_GetBack(PyFrameObject *frame);
NEW_REF PyObject *PyFrame_GetLocals(PyFrameObject *frame);
RC_RETURNS_NEW PyObject *PyFrame_GetGlobals(PyFrameObject *frame);
RC_RETURNS_NEW PyObject *PyFrame_GetBuiltins(PyFrameObject *frame);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyFrame_GetGenerator(PyFrameObject *frame);
int PyFrame_GetLasti(PyFrameObject *frame);
NEW_REF PyObject *PyGen_New(RC_STEALS RC_NONNULL PyFrameObject *frame);
NEW_REF PyObject *PyGen_NewWithQualName(RC_STEALS RC_NONNULL PyFrameObject *frame, PyObject *name, PyObject *qualname);
RC_RAISES int _PyGen_SetStopIterationValue(PyObject *value);
RC_RAISES RC_FAILS(result != 0) int _PyGen_FetchStopIterationValue(RC_OUT RC_NULLABLE PyObject **result);
void _PyGen_Finalize(PyObject *self);
NEW_REF PyObject *PyCoro_New(RC_STEALS RC_NONNULL PyFrameObject *frame, PyObject *name, PyObject *qualname);
NEW_REF PyObject *PyAsyncGen_New(RC_STEALS RC_NONNULL PyFrameObject *frame, PyObject *name, PyObject *qualname);
int PyCompile_OpcodeStackEffect(int opcode, int oparg);
int PyCompile_OpcodeStackEffectWithJump(int opcode, int oparg, int jump);
NEW_REF PyFrameObject *PyFrame_New(PyThreadState *tstate, PyCodeObject *code, PyObject *globals, PyObject *locals);
void PyFrame_LocalsToFast(PyFrameObject *frame, int clear);
int _PyFrame_IsEntryFrame(PyFrameObject *frame);
RC_RAISES int PyFrame_FastToLocalsWithError(PyFrameObject *f);
void PyFrame_FastToLocals(PyFrameObject *frame);
#if SINCE(3, 12)
NEW_REF PyObject *PyFrame_GetVar(PyFrameObject *frame, PyObject *name);
NEW_REF PyObject *PyFrame_GetVarString(PyFrameObject *frame, const char *name);
NEW_REF PyCodeObject *PyUnstable_Code_New(int argcount, int kwonlyargcount, int nlocals, int stacksize, int flags,
        PyObject *code, PyObject *consts, PyObject *names, PyObject *varnames, PyObject *freevars, PyObject *cellvars,
        PyObject *filename, PyObject *name, PyObject *qualname, int firstlineno, PyObject *linetable,
        PyObject *exceptiontable);
RC_RETURNS_BORROWED_FROM(func) PyObject *PyFunction_GET_CODE(RC_NONNULL PyObject *func);
RC_RETURNS_BORROWED_FROM(func) PyObject *PyFunction_GET_GLOBALS(RC_NONNULL PyObject *func);
RC_RETURNS_BORROWED_FROM(func) RC_NULLABLE PyObject *PyFunction_GET_MODULE(RC_NONNULL PyObject *func);
RC_RETURNS_BORROWED_FROM(func) RC_NULLABLE PyObject *PyFunction_GET_DEFAULTS(RC_NONNULL PyObject *func);
RC_RETURNS_BORROWED_FROM(func) RC_NULLABLE PyObject *PyFunction_GET_KW_DEFAULTS(RC_NONNULL PyObject *func);
RC_RETURNS_BORROWED_FROM(func) RC_NULLABLE PyObject *PyFunction_GET_CLOSURE(RC_NONNULL PyObject *func);
RC_RETURNS_BORROWED_FROM(func) RC_NULLABLE PyObject *PyFunction_GET_ANNOTATIONS(RC_NONNULL PyObject *func);
RC_RETURNS_BORROWED_FROM(meth) PyObject *PyMethod_GET_FUNCTION(RC_NONNULL PyObject *meth);
RC_RETURNS_BORROWED_FROM(meth) PyObject *PyMethod_GET_SELF(RC_NONNULL PyObject *meth);
RC_RETURNS_BORROWED_FROM(cell) RC_NULLABLE PyObject *PyCell_GET(RC_NONNULL PyObject *cell);
void PyCell_SET(RC_NONNULL PyObject *cell, RC_STEALS PyObject *value);
#endif

/* ---- capsules, codecs, contexts, files, marshalling ---------------------------------------------------------- */
NEW_REF RC_CALLS_OUT PyObject *PyFile_FromFd(int fd, const char *name, const char *mode, int buffering,
        const char *encoding, const char *errors, const char *newline, int closefd);
NEW_REF RC_CALLS_OUT PyObject *PyFile_GetLine(PyObject *p, int n);
RC_RAISES RC_CALLS_OUT int PyFile_WriteObject(PyObject *obj, PyObject *p, int flags);
RC_RAISES RC_CALLS_OUT int PyFile_WriteString(const char *s, PyObject *p);
RC_RAISES int PyObject_AsFileDescriptor(PyObject *p);
char *Py_UniversalNewlineFgets(char *buf, int size, FILE *stream, PyObject *readline);
NEW_REF RC_CALLS_OUT PyObject *PyFile_NewStdPrinter(int fd);
NEW_REF RC_CALLS_OUT PyObject *PyFile_OpenCode(const char *utf8path);
NEW_REF RC_CALLS_OUT PyObject *PyFile_OpenCodeObject(PyObject *path);
int PyFile_SetOpenCodeHook(Py_OpenCodeHookFunction hook, void *userData);
RC_RAISES RC_FAILS(result == 0) int _PyLong_FileDescriptor_Converter(PyObject *o, void *arg);
NEW_REF PyObject *PyCapsule_New(void *pointer, const char *name, PyCapsule_Destructor destructor);
RC_RAISES void *PyCapsule_GetPointer(PyObject *capsule, const char *name);
RC_NULLABLE PyCapsule_Destructor PyCapsule_GetDestructor(PyObject *capsule);
RC_NULLABLE const char *PyCapsule_GetName(PyObject *capsule);
void *PyCapsule_GetContext(PyObject *capsule);
RC_NO_EFFECT int PyCapsule_IsValid(PyObject *capsule, const char *name);
RC_RAISES int PyCapsule_SetPointer(PyObject *capsule, void *pointer);
RC_RAISES int PyCapsule_SetDestructor(PyObject *capsule, PyCapsule_Destructor destructor);
RC_RAISES int PyCapsule_SetName(PyObject *capsule, const char *name);
RC_RAISES int PyCapsule_SetContext(PyObject *capsule, void *context);
RC_NULLABLE RC_RAISES void *PyCapsule_Import(const char *name, int no_block);
RC_RAISES RC_CALLS_OUT int PyCodec_Register(RC_KEEPS PyObject *search_function);
RC_RAISES RC_CALLS_OUT int PyCodec_Unregister(PyObject *search_function);
NEW_REF RC_CALLS_OUT PyObject *_PyCodec_Lookup(const char *encoding);
RC_CALLS_OUT int _PyCodec_Forget(const char *encoding);
RC_CALLS_OUT int PyCodec_KnownEncoding(const char *encoding);
NEW_REF RC_CALLS_OUT PyObject *PyCodec_Encode(PyObject *object, const char *encoding, const char *errors);
NEW_REF RC_CALLS_OUT PyObject *PyCodec_Decode(PyObject *object, const char *encoding, const char *errors);
NEW_REF RC_CALLS_OUT PyObject *_PyCodec_LookupTextEncoding(const char *encoding, const char *alternate_command);
NEW_REF RC_CALLS_OUT PyObject *_PyCodec_EncodeText(PyObject *object, const char *encoding, const char *errors);
NEW_REF RC_CALLS_OUT PyObject *_PyCodec_DecodeText(PyObject *object, const char *encoding, const char *errors);
NEW_REF PyObject *_PyCodecInfo_GetIncrementalDecoder(PyObject *codec_info, const char *errors);
NEW_REF PyObject *_PyCodecInfo_GetIncrementalEncoder(PyObject *codec_info, const char *errors);
NEW_REF RC_CALLS_OUT PyObject *PyCodec_Encoder(const char *encoding);
NEW_REF RC_CALLS_OUT PyObject *PyCodec_Decoder(const char *encoding);
NEW_REF RC_CALLS_OUT PyObject *PyCodec_IncrementalEncoder(const char *encoding, const char *errors);
NEW_REF RC_CALLS_OUT PyObject *PyCodec_IncrementalDecoder(const char *encoding, const char *errors);
NEW_REF RC_CALLS_OUT PyObject *PyCodec_StreamReader(const char *encoding, PyObject *stream, const char *errors);
NEW_REF RC_CALLS_OUT PyObject *PyCodec_StreamWriter(const char *encoding, PyObject *stream, const char *errors);
RC_RAISES RC_CALLS_OUT int PyCodec_RegisterError(const char *name, RC_KEEPS PyObject *error);
NEW_REF RC_CALLS_OUT PyObject *PyCodec_LookupError(const char *name);
ALWAYS_NULL PyObject *PyCodec_StrictErrors(PyObject *exc);
NEW_REF RC_CALLS_OUT PyObject *PyCodec_IgnoreErrors(PyObject *exc);
NEW_REF RC_CALLS_OUT PyObject *PyCodec_ReplaceErrors(PyObject *exc);
NEW_REF RC_CALLS_OUT PyObject *PyCodec_XMLCharRefReplaceErrors(PyObject *exc);
NEW_REF RC_CALLS_OUT PyObject *PyCodec_BackslashReplaceErrors(PyObject *exc);
NEW_REF RC_CALLS_OUT PyObject *PyCodec_NameReplaceErrors(PyObject *exc);
NEW_REF PyObject *PyContext_New(void);
NEW_REF PyObject *PyContext_Copy(PyObject *ctx);
NEW_REF PyObject *PyContext_CopyCurrent(void);
RC_RAISES int PyContext_Enter(RC_KEEPS PyObject *ctx);
RC_RAISES int PyContext_Exit(PyObject *ctx);
NEW_REF PyObject *PyContextVar_New(const char *name, RC_KEEPS PyObject *default_value);
RC_RAISES RC_FAILS(result != 0) int PyContextVar_Get(PyObject *var, PyObject *default_value,
        RC_OUT RC_NULLABLE PyObject **value);
NEW_REF PyObject *PyContextVar_Set(PyObject *var, RC_KEEPS PyObject *value);
RC_RAISES int PyContextVar_Reset(PyObject *var, PyObject *token);
NEW_REF PyObject *_PyContext_NewHamtForTests(void);
NEW_REF PyObject *PyMember_GetOne(const char *obj_addr, PyMemberDef *m);
RC_RAISES int PyMember_SetOne(char *obj_addr, PyMemberDef *m, PyObject *o);
NEW_REF PyObject *PyMarshal_ReadObjectFromString(const char *data, Py_ssize_t len);
NEW_REF PyObject *PyMarshal_WriteObjectToString(PyObject *value, int version);
long PyMarshal_ReadLongFromFile(FILE *file);
int PyMarshal_ReadShortFromFile(FILE *file);
NEW_REF PyObject *PyMarshal_ReadObjectFromFile(FILE *file);
NEW_REF PyObject *PyMarshal_ReadLastObjectFromFile(FILE *file);
void PyMarshal_WriteLongToFile(long value, FILE *file, int version);
RC_CALLS_OUT void PyMarshal_WriteObjectToFile(PyObject *value, FILE *file, int version);

/* ---- importing ----------------------------------------------------------------------------------------------- */
RC_RAISES long PyImport_GetMagicNumber(void);
const char *PyImport_GetMagicTag(void);
NEW_REF RC_CALLS_OUT PyObject *PyImport_ExecCodeModule(const char *name, PyObject *co);
NEW_REF RC_CALLS_OUT PyObject *PyImport_ExecCodeModuleEx(const char *name, PyObject *co, const char *pathname);
NEW_REF RC_CALLS_OUT PyObject *PyImport_ExecCodeModuleWithPathnames(const char *name, PyObject *co,
        const char *pathname, const char *cpathname);
NEW_REF RC_CALLS_OUT PyObject *PyImport_ExecCodeModuleObject(PyObject *name, PyObject *co, PyObject *pathname,
        PyObject *cpathname);
RC_RETURNS_BORROWED PyObject *PyImport_GetModuleDict(void);
RC_RETURNS_NEW RC_KEEPS RC_NULLABLE PyObject *PyImport_GetModule(PyObject *name);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *PyImport_AddModuleObject(PyObject *name);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *PyImport_AddModule(const char *name);
NEW_REF RC_CALLS_OUT PyObject *PyImport_ImportModule(RC_NONNULL const char *name);
NEW_REF RC_CALLS_OUT PyObject *PyImport_ImportModuleNoBlock(const char *name);
NEW_REF RC_CALLS_OUT PyObject *PyImport_ImportModuleLevel(const char *name, PyObject *globals, PyObject *locals,
        PyObject *fromlist, int level);
NEW_REF RC_CALLS_OUT PyObject *PyImport_ImportModuleLevelObject(PyObject *name, PyObject *globals, PyObject *locals,
        PyObject *fromlist, int level);
NEW_REF PyObject *PyImport_GetImporter(PyObject *path);
NEW_REF RC_CALLS_OUT PyObject *PyImport_Import(PyObject *name);
NEW_REF RC_CALLS_OUT PyObject *PyImport_ReloadModule(PyObject *m);
RC_RAISES RC_CALLS_OUT int PyImport_ImportFrozenModuleObject(RC_KEEPS PyObject *name);
RC_RAISES RC_CALLS_OUT int PyImport_ImportFrozenModule(const char *name);
RC_RAISES int PyImport_AppendInittab(const char *name, PyObject *(*initfunc)(void));
RC_RAISES int _PyImport_IsInitialized(PyInterpreterState *interp);
RC_RETURNS_NEW RC_NULLABLE PyObject *_PyImport_GetModuleId(_Py_Identifier *name);
RC_RAISES int _PyImport_SetModule(RC_KEEPS PyObject *name, RC_KEEPS PyObject *module);
RC_RAISES int _PyImport_SetModuleString(const char *name, RC_KEEPS PyObject *module);
void _PyImport_AcquireLock(void);
RC_RAISES int _PyImport_ReleaseLock(void);
RC_RAISES int _PyImport_FixupBuiltin(PyObject *mod, const char *name, PyObject *modules);
RC_RAISES int _PyImport_FixupExtensionObject(PyObject *module, PyObject *name, PyObject *filename, PyObject *modules);
RC_RAISES int PyImport_ExtendInittab(struct _inittab *newtab);
NEW_REF PyObject *_PyImport_GetModuleAttr(PyObject *module, PyObject *attr);
NEW_REF PyObject *_PyImport_GetModuleAttrString(const char *module, const char *attr);
#if SINCE(3, 13)
NEW_REF PyObject *PyImport_AddModuleRef(const char *name);
#endif
#if SINCE(3, 14)
NEW_REF RC_CALLS_OUT PyObject *PyImport_ImportModuleAttr(PyObject *module, PyObject *attr);
NEW_REF RC_CALLS_OUT PyObject *PyImport_ImportModuleAttrString(const char *module, const char *attr);
#endif

/* ---- running code -------------------------------------------------------------------------------------------- */
NEW_REF PyObject *Py_CompileString(const char *str, const char *filename, int start);
RC_CLEARS_ERROR RC_CALLS_OUT void PyErr_Print(void);
RC_CLEARS_ERROR RC_CALLS_OUT void PyErr_PrintEx(int set_sys_last_vars);
void PyErr_Display(PyObject *exception, PyObject *value, PyObject *traceback);
RC_CALLS_OUT int PyRun_SimpleStringFlags(const char *command, PyCompilerFlags *flags);
RC_CALLS_OUT int _PyRun_SimpleFileObject(FILE *fp, PyObject *filename, int closeit, PyCompilerFlags *flags);
RC_CALLS_OUT int PyRun_AnyFileExFlags(FILE *fp, const char *filename, int closeit, PyCompilerFlags *flags);
RC_CALLS_OUT int _PyRun_AnyFileObject(FILE *fp, PyObject *filename, int closeit, PyCompilerFlags *flags);
RC_CALLS_OUT int PyRun_SimpleFileExFlags(FILE *fp, const char *filename, int closeit, PyCompilerFlags *flags);
RC_CALLS_OUT int PyRun_InteractiveOneFlags(FILE *fp, const char *filename, PyCompilerFlags *flags);
RC_CALLS_OUT int PyRun_InteractiveOneObject(FILE *fp, PyObject *filename, PyCompilerFlags *flags);
RC_CALLS_OUT int PyRun_InteractiveLoopFlags(FILE *fp, const char *filename, PyCompilerFlags *flags);
RC_CALLS_OUT int _PyRun_InteractiveLoopObject(FILE *fp, PyObject *filename, PyCompilerFlags *flags);
NEW_REF RC_CALLS_OUT PyObject *PyRun_StringFlags(const char *str, int start, PyObject *globals, PyObject *locals,
        PyCompilerFlags *flags);
NEW_REF RC_CALLS_OUT PyObject *PyRun_FileExFlags(FILE *fp, const char *filename, int start, PyObject *globals,
        PyObject *locals, int closeit, PyCompilerFlags *flags);
NEW_REF PyObject *Py_CompileStringExFlags(const char *str, const char *filename, int start, PyCompilerFlags *flags,
        int optimize);
NEW_REF PyObject *Py_CompileStringObject(const char *str, PyObject *filename, int start, PyCompilerFlags *flags,
        int optimize);
RC_NULLABLE RC_RAISES const char *_Py_SourceAsString(PyObject *cmd, const char *funcname, const char *what,
        PyCompilerFlags *cf, RC_OUT RC_NULLABLE PyObject **cmd_copy);
NEW_REF RC_CALLS_OUT PyObject *PyRun_String(const char *str, int s, PyObject *g, PyObject *l);
RC_CALLS_OUT int PyRun_AnyFile(FILE *fp, const char *name);
RC_CALLS_OUT int PyRun_AnyFileEx(FILE *fp, const char *name, int closeit);
RC_CALLS_OUT int PyRun_AnyFileFlags(FILE *fp, const char *filename, PyCompilerFlags *flags);
RC_CALLS_OUT int PyRun_SimpleString(const char *s);
RC_CALLS_OUT int PyRun_SimpleFile(FILE *f, const char *p);
RC_CALLS_OUT int PyRun_SimpleFileEx(FILE *f, const char *p, int c);
RC_CALLS_OUT int PyRun_InteractiveOne(FILE *f, const char *p);
RC_CALLS_OUT int PyRun_InteractiveLoop(FILE *f, const char *p);
NEW_REF RC_CALLS_OUT PyObject *PyRun_File(FILE *fp, const char *p, int s, PyObject *g, PyObject *l);
NEW_REF RC_CALLS_OUT PyObject *PyRun_FileEx(FILE *fp, const char *p, int s, PyObject *g, PyObject *l, int c);
NEW_REF RC_CALLS_OUT PyObject *PyRun_FileFlags(FILE *fp, const char *p, int s, PyObject *g, PyObject *l,
        PyCompilerFlags *flags);
char *PyOS_Readline(FILE *in, FILE *out, const char *prompt);
NEW_REF RC_CALLS_OUT PyObject *PyEval_EvalCode(PyObject *co, PyObject *globals, PyObject *locals);
NEW_REF RC_CALLS_OUT PyObject *PyEval_EvalCodeEx(PyObject *co, PyObject *globals, PyObject *locals,
        PyObject *const *args, int argc, PyObject *const *kwds, int kwdc, PyObject *const *defs, int defc,
        PyObject *kwdefs, PyObject *closure);
NEW_REF RC_CALLS_OUT PyObject *PyEval_CallObjectWithKeywords(PyObject *callable, PyObject *args, PyObject *kwargs);
NEW_REF RC_CALLS_OUT RC_FORMAT(build, 2) PyObject *PyEval_CallFunction(PyObject *callable, const char *format, ...);
NEW_REF RC_CALLS_OUT RC_FORMAT(build, 3) PyObject *PyEval_CallMethod(PyObject *o, const char *name, const char *format,
        ...);
RC_RETURNS_BORROWED PyObject *PyEval_GetBuiltins(void);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *PyEval_GetGlobals(void);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *PyEval_GetLocals(void);
RC_RETURNS_BORROWED RC_NULLABLE PyFrameObject *PyEval_GetFrame(void);
RC_RAISES int Py_AddPendingCall(int (*func)(void *), void *arg);
int Py_MakePendingCalls(void);
void Py_SetRecursionLimit(int flag);
int Py_GetRecursionLimit(void);
RC_RAISES RC_FAILS(result != 0) int Py_EnterRecursiveCall(const char *where);
void Py_LeaveRecursiveCall(void);
const char *PyEval_GetFuncName(PyObject *func);
const char *PyEval_GetFuncDesc(PyObject *func);
NEW_REF RC_CALLS_OUT PyObject *PyEval_EvalFrame(PyFrameObject *f);
NEW_REF RC_CALLS_OUT PyObject *PyEval_EvalFrameEx(PyFrameObject *f, int exc);
RC_CALLS_OUT PyThreadState *PyEval_SaveThread(void);
void PyEval_RestoreThread(PyThreadState *tstate);
RC_RAISES int PyEval_ThreadsInitialized(void);
void PyEval_InitThreads(void);
void PyEval_AcquireLock(void);
void PyEval_ReleaseLock(void);
void PyEval_AcquireThread(PyThreadState *tstate);
void PyEval_ReleaseThread(PyThreadState *tstate);
RC_CALLS_OUT void PyEval_SetProfile(Py_tracefunc func, RC_KEEPS PyObject *obj);
RC_RAISES int _PyEval_SetProfile(PyThreadState *tstate, Py_tracefunc func, PyObject *arg);
RC_CALLS_OUT void PyEval_SetTrace(Py_tracefunc func, RC_KEEPS PyObject *obj);
RC_RAISES int _PyEval_SetTrace(PyThreadState *tstate, Py_tracefunc func, PyObject *arg);
NEW_REF PyObject *_PyEval_GetBuiltin(PyObject *o);
NEW_REF PyObject *_PyEval_GetBuiltinId(_Py_Identifier *id);
RC_RAISES int PyEval_MergeCompilerFlags(PyCompilerFlags *cf);
NEW_REF RC_CALLS_OUT PyObject *_PyEval_EvalFrameDefault(PyThreadState *tstate, struct _PyInterpreterFrame *f, int exc);
void _PyEval_SetSwitchInterval(unsigned long microseconds);
unsigned long _PyEval_GetSwitchInterval(void);
RC_RAISES Py_ssize_t _PyEval_RequestCodeExtraIndex(freefunc arg);
RC_RAISES RC_FAILS(result == 0) int _PyEval_SliceIndex(PyObject *o, Py_ssize_t *result);
RC_RAISES RC_FAILS(result == 0) int _PyEval_SliceIndexNotNone(PyObject *o, Py_ssize_t *result);
NEW_REF RC_CALLS_OUT PyObject *PyEval_CallObject(RC_NONNULL PyObject *callable, PyObject *args);
#if SINCE(3, 13)
RC_RETURNS_NEW RC_NULLABLE PyObject *PyEval_GetFrameBuiltins(void);
RC_RETURNS_NEW RC_NULLABLE PyObject *PyEval_GetFrameGlobals(void);
NEW_REF PyObject *PyEval_GetFrameLocals(void);
#endif

/* ---- interpreters, threads, the system module ---------------------------------------------------------------- */
Py_hash_t _Py_HashDouble(PyObject *o, double value);
Py_hash_t _Py_HashPointer(const void *p);
Py_hash_t _Py_HashPointerRaw(const void *p);
Py_hash_t _Py_HashBytes(const void *p, Py_ssize_t n);
PyHash_FuncDef *PyHash_GetFuncDef(void);
char *Py_GETENV(const char *name);
void Py_GetArgcArgv(int *argc, wchar_t ***argv);
PyInterpreterState *PyInterpreterState_New(void);
void PyInterpreterState_Clear(PyInterpreterState *interp);
void PyInterpreterState_Delete(PyInterpreterState *interp);
PyInterpreterState *PyInterpreterState_Get(void);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *PyInterpreterState_GetDict(PyInterpreterState *interp);
RC_RAISES int64_t PyInterpreterState_GetID(PyInterpreterState *interp);
RC_RAISES int PyState_AddModule(RC_KEEPS PyObject *module, PyModuleDef *def);
RC_RAISES int PyState_RemoveModule(PyModuleDef *def);
RC_RETURNS_BORROWED RC_NULLABLE RC_MAY_MISS PyObject *PyState_FindModule(PyModuleDef *def);
PyThreadState *PyThreadState_New(PyInterpreterState *interp);
void PyThreadState_Clear(PyThreadState *tstate);
void PyThreadState_Delete(PyThreadState *tstate);
PyThreadState *PyThreadState_Get(void);
PyThreadState *PyThreadState_Swap(PyThreadState *tstate);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *PyThreadState_GetDict(void);
RC_RAISES int PyThreadState_SetAsyncExc(unsigned long id, RC_KEEPS PyObject *exc);
PyInterpreterState *PyThreadState_GetInterpreter(PyThreadState *tstate);
RC_RETURNS_NEW RC_KEEPS RC_NULLABLE PyFrameObject *PyThreadState_GetFrame(PyThreadState *tstate);
uint64_t PyThreadState_GetID(PyThreadState *tstate);
PyGILState_STATE PyGILState_Ensure(void);
void PyGILState_Release(PyGILState_STATE PyGILState_STATE);
PyThreadState *PyGILState_GetThisThreadState(void);
int _PyInterpreterState_RequiresIDRef(PyInterpreterState *interp);
void _PyInterpreterState_RequireIDRef(PyInterpreterState *interp, int flag);
NEW_REF PyObject *_PyInterpreterState_GetMainModule(PyInterpreterState *interp);
PyThreadState *_PyThreadState_Prealloc(PyInterpreterState *interp);
PyThreadState *_PyThreadState_UncheckedGet(void);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *_PyThreadState_GetDict(PyThreadState *tstate);
void PyThreadState_EnterTracing(PyThreadState *tstate);
void PyThreadState_LeaveTracing(PyThreadState *tstate);
RC_NO_EFFECT int PyGILState_Check(void);
PyInterpreterState *_PyGILState_GetInterpreterStateUnsafe(void);
NEW_REF PyObject *_PyThread_CurrentFrames(void);
NEW_REF PyObject *_PyThread_CurrentExceptions(void);
PyInterpreterState *PyInterpreterState_Main(void);
PyInterpreterState *PyInterpreterState_Head(void);
PyInterpreterState *PyInterpreterState_Next(PyInterpreterState *interp);
PyThreadState *PyInterpreterState_ThreadHead(PyInterpreterState *interp);
PyThreadState *PyThreadState_Next(PyThreadState *tstate);
void PyThreadState_DeleteCurrent(void);
_PyFrameEvalFunction _PyInterpreterState_GetEvalFrameFunc(PyInterpreterState *interp);
void _PyInterpreterState_SetEvalFrameFunc(PyInterpreterState *interp, _PyFrameEvalFunction eval_frame);
const PyConfig *_PyInterpreterState_GetConfig(PyInterpreterState *interp);
int _PyInterpreterState_GetConfigCopy(struct PyConfig *config);
RC_RAISES int _PyInterpreterState_SetConfig(const struct PyConfig *config);
const PyConfig *_Py_GetConfig(void);
int _PyObject_GetCrossInterpreterData(PyObject *o, _PyCrossInterpreterData *arg);
NEW_REF PyObject *_PyCrossInterpreterData_NewObject(_PyCrossInterpreterData *arg);
void _PyCrossInterpreterData_Release(_PyCrossInterpreterData *arg);
int _PyObject_CheckCrossInterpreterData(PyObject *o);
RC_RAISES int _PyCrossInterpreterData_RegisterClass(PyTypeObject *type, crossinterpdatafunc arg);
crossinterpdatafunc _PyCrossInterpreterData_Lookup(PyObject *o);
void PyThread_init_thread(void);
unsigned long PyThread_start_new_thread(void (*func)(void *), void *arg);
NO_RETURN void PyThread_exit_thread(void);
unsigned long PyThread_get_thread_ident(void);
unsigned long PyThread_get_thread_native_id(void);
PyThread_type_lock PyThread_allocate_lock(void);
void PyThread_free_lock(PyThread_type_lock arg);
int PyThread_acquire_lock(PyThread_type_lock arg, int flag);
PyLockStatus PyThread_acquire_lock_timed(PyThread_type_lock arg, long long microseconds, int intr_flag);
void PyThread_release_lock(PyThread_type_lock arg);
size_t PyThread_get_stacksize(void);
int PyThread_set_stacksize(size_t size);
NEW_REF PyObject *PyThread_GetInfo(void);
int PyThread_create_key(void);
void PyThread_delete_key(int key);
int PyThread_set_key_value(int key, void *value);
void *PyThread_get_key_value(int key);
void PyThread_delete_key_value(int key);
Py_tss_t *PyThread_tss_alloc(void);
void PyThread_tss_free(Py_tss_t *key);
int PyThread_tss_is_created(Py_tss_t *key);
int PyThread_tss_create(Py_tss_t *key);
void PyThread_tss_delete(Py_tss_t *key);
int PyThread_tss_set(Py_tss_t *key, void *value);
void *PyThread_tss_get(Py_tss_t *key);
int _PyThread_at_fork_reinit(PyThread_type_lock *lock);
void Py_Initialize(void);
void Py_InitializeEx(int initsigs);
void Py_Finalize(void);
int Py_FinalizeEx(void);
RC_NO_EFFECT int Py_IsInitialized(void);
PyThreadState *Py_NewInterpreter(void);
void Py_EndInterpreter(PyThreadState *tstate);
int Py_AtExit(void (*func)(void));
NO_RETURN void Py_Exit(int status);
int Py_Main(int argc, wchar_t **argv);
int Py_BytesMain(int argc, char **argv);
void Py_SetProgramName(const wchar_t *name);
wchar_t *Py_GetProgramName(void);
void Py_SetPythonHome(const wchar_t *home);
wchar_t *Py_GetPythonHome(void);
wchar_t *Py_GetProgramFullPath(void);
wchar_t *Py_GetPrefix(void);
wchar_t *Py_GetExecPrefix(void);
wchar_t *Py_GetPath(void);
void Py_SetPath(const wchar_t *arg);
const char *Py_GetVersion(void);
const char *Py_GetPlatform(void);
const char *Py_GetCopyright(void);
const char *Py_GetCompiler(void);
const char *Py_GetBuildInfo(void);
PyOS_sighandler_t PyOS_getsig(int i);
PyOS_sighandler_t PyOS_setsig(int i, PyOS_sighandler_t h);
int Py_FrozenMain(int argc, char **argv);
RC_RAISES int Py_SetStandardStreamEncoding(const char *encoding, const char *errors);
PyStatus Py_PreInitialize(const PyPreConfig *src_config);
PyStatus Py_PreInitializeFromBytesArgs(const PyPreConfig *src_config, Py_ssize_t argc, char **argv);
PyStatus Py_PreInitializeFromArgs(const PyPreConfig *src_config, Py_ssize_t argc, wchar_t **argv);
RC_RAISES int _Py_IsCoreInitialized(void);
PyStatus Py_InitializeFromConfig(const PyConfig *config);
PyStatus _Py_InitializeMain(void);
int Py_RunMain(void);
NO_RETURN void Py_ExitStatusException(PyStatus err);
void _Py_RestoreSignals(void);
int Py_FdIsInteractive(FILE *fp, const char *filename);
int _Py_FdIsInteractive(FILE *fp, PyObject *filename);
void _Py_SetProgramFullPath(const wchar_t *arg);
int _Py_IsFinalizing(void);
int _PyOS_URandom(void *buffer, Py_ssize_t size);
int _PyOS_URandomNonblock(void *buffer, Py_ssize_t size);
int _Py_CoerceLegacyLocale(int warn);
int _Py_LegacyLocaleDetected(int warn);
char *_Py_SetLocaleFromEnv(int category);
PyThreadState *_Py_NewInterpreter(int isolated_subinterpreter);
RC_RETURNS_BORROWED RC_NULLABLE RC_MAY_MISS PyObject *PySys_GetObject(const char *name);
RC_RAISES int PySys_SetObject(const char *name, RC_KEEPS PyObject *value);
void PySys_SetArgv(int argc, wchar_t **argv);
void PySys_SetArgvEx(int argc, wchar_t **argv, int updatepath);
void PySys_SetPath(const wchar_t *path);
void PySys_WriteStdout(const char *format, ...);
void PySys_WriteStderr(const char *format, ...);
RC_FORMAT(message, 1) void PySys_FormatStdout(const char *format, ...);
RC_FORMAT(message, 1) void PySys_FormatStderr(const char *format, ...);
void PySys_ResetWarnOptions(void);
void PySys_AddWarnOption(const wchar_t *s);
void PySys_AddWarnOptionUnicode(PyObject *unicode);
RC_RAISES int PySys_HasWarnOptions(void);
void PySys_AddXOption(const wchar_t *s);
RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *PySys_GetXOptions(void);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *_PySys_GetAttr(PyThreadState *tstate, PyObject *name);
size_t _PySys_GetSizeOf(PyObject *o);
RC_RAISES int PySys_Audit(const char *event, const char *argFormat, ...);
int PySys_AddAuditHook(Py_AuditHookFunction hook, void *userData);
NEW_REF PyObject *PyOS_FSPath(PyObject *path);
int PyOS_InterruptOccurred(void);
void PyOS_BeforeFork(void);
void PyOS_AfterFork_Parent(void);
void PyOS_AfterFork_Child(void);
void PyOS_AfterFork(void);
int _PyOS_IsMainThread(void);
RC_NULLABLE wchar_t *Py_DecodeLocale(const char *arg, size_t *size);
RC_NULLABLE char *Py_EncodeLocale(const wchar_t *text, size_t *error_pos);
int PyTraceMalloc_Track(unsigned int domain, uintptr_t ptr, size_t size);
int PyTraceMalloc_Untrack(unsigned int domain, uintptr_t ptr);
NEW_REF PyObject *_PyTraceMalloc_GetTraceback(unsigned int domain, uintptr_t ptr);
void PyThread_ReInitTLS(void);
#if defined Py_REF_DEBUG
void _Py_NegativeRefcount(const char *filename, int line, PyObject *op);
#endif
#if SINCE(3, 14)
uint32_t Py_PACK_FULL_VERSION(int major, int minor, int micro, int level, int serial);
uint32_t Py_PACK_VERSION(int major, int minor);
#endif
#if defined USE_STACKCHECK
int PyOS_CheckStack(void);
#endif
#if SINCE(3, 13)
RC_RAISES int PySys_AuditTuple(const char *event, PyObject *args);
int Py_IsFinalizing(void);
#endif
#if SINCE(3, 15)
NEW_REF PyObject *PySys_GetAttr(PyObject *name);
NEW_REF PyObject *PySys_GetAttrString(const char *name);
RC_RAISES int PySys_GetOptionalAttr(PyObject *name, RC_OUT RC_NULLABLE PyObject **value);
RC_RAISES int PySys_GetOptionalAttrString(const char *name, RC_OUT RC_NULLABLE PyObject **value);
#endif

#ifndef PY_VERSION_HEX
/* ---- the interpreter's own headers, Include/internal: for reading its sources, and what borrows from them ------ */
typedef struct { PyObject ob_base; } PyGenObject;
typedef struct { PyObject ob_base; } PyHamtObject;
typedef struct { PyObject ob_base; } PyFunctionObject;
typedef struct _dictvalues PyDictValues;
typedef struct _arena PyArena;
typedef struct _PyAccu _PyAccu;

void _Py_DECREF_SPECIALIZED(RC_RELEASES RC_NONNULL PyObject *op, destructor destruct);
void _Py_DECREF_NO_DEALLOC(RC_RELEASES RC_NONNULL PyObject *op);
RC_RAISES RC_FAILS(result != 0) int _Py_CheckRecursiveCall(PyThreadState *tstate, const char *where);
RC_TELLS_ERROR RC_RETURNS_BORROWED RC_NULLABLE PyObject *_PyErr_Occurred(PyThreadState *tstate);
RC_CLEARS_ERROR void _PyErr_Fetch(PyThreadState *tstate, RC_OUT RC_NULLABLE PyObject **type,
        RC_OUT RC_NULLABLE PyObject **value,
        RC_OUT RC_NULLABLE PyObject **traceback);
RC_RAISES RC_FAILS(1) void _PyErr_Restore(PyThreadState *tstate, RC_STEALS PyObject *type, RC_STEALS PyObject *value,
        RC_STEALS PyObject *traceback);
void _PyErr_NormalizeException(PyThreadState *tstate, RC_OUT RC_STEALS PyObject **type,
        RC_OUT RC_STEALS PyObject **value, RC_OUT RC_STEALS PyObject **traceback);
RC_CLEARS_ERROR void _PyErr_Clear(PyThreadState *tstate);
int _PyErr_ExceptionMatches(PyThreadState *tstate, PyObject *exc);
RC_RAISES RC_FAILS(1) void _PyErr_SetObject(PyThreadState *tstate, RC_KEEPS PyObject *type, RC_KEEPS PyObject *value);
RC_RAISES RC_FAILS(1) void _PyErr_SetNone(PyThreadState *tstate, RC_KEEPS PyObject *exception);
RC_RAISES RC_FAILS(1) void _PyErr_SetString(PyThreadState *tstate, RC_KEEPS PyObject *exception, const char *string);
ALWAYS_NULL PyObject *_PyErr_NoMemory(PyThreadState *tstate);
ALWAYS_NULL RC_FORMAT(message, 3) PyObject *_PyErr_Format(PyThreadState *tstate, RC_KEEPS PyObject *exception,
        const char *format, ...);
ALWAYS_NULL RC_FORMAT(message, 3) PyObject *_PyErr_FormatFromCauseTstate(PyThreadState *tstate, PyObject *exception,
        const char *format, ...);
NEW_REF PyObject *_PyErr_StackItemToExcInfoTuple(_PyErr_StackItem *err_info);
NEW_REF PyObject *_PyExc_CreateExceptionGroup(const char *msg, RC_KEEPS PyObject *excs);
NEW_REF PyObject *_PyExc_PrepReraiseStar(PyObject *orig, PyObject *excs);

NEW_REF RC_CALLS_OUT PyObject *_PyObject_Call(PyThreadState *tstate, PyObject *callable, PyObject *args,
        PyObject *kwargs);
NEW_REF RC_CALLS_OUT PyObject *_PyObject_Call_Prepend(PyThreadState *tstate, PyObject *callable, PyObject *obj,
        PyObject *args, PyObject *kwargs);
NEW_REF RC_CALLS_OUT PyObject *_PyObject_FastCallDictTstate(PyThreadState *tstate, PyObject *callable,
        PyObject *const *args, size_t nargsf, PyObject *kwargs);
NEW_REF RC_CALLS_OUT PyObject *_PyObject_VectorcallTstate(PyThreadState *tstate, PyObject *callable,
        PyObject *const *args, size_t nargsf, PyObject *kwnames);
NEW_REF RC_CALLS_OUT PyObject *_PyObject_FastCallTstate(PyThreadState *tstate, PyObject *func, PyObject *const *args,
        Py_ssize_t nargs);
NEW_REF RC_CALLS_OUT PyObject *_PyObject_CallNoArgsTstate(PyThreadState *tstate, PyObject *func);
NEW_REF RC_CALLS_OUT RC_FORMAT(build, 3) PyObject *_PyObject_CallMethodFormat(PyThreadState *tstate, PyObject *callable,
        const char *format, ...);
RC_RETURNS_NEW RC_NULLABLE PyObject *_PyObject_LookupSpecial(PyObject *self, PyObject *attr);
NEW_REF RC_CALLS_OUT PyObject *_PyNumber_PowerNoMod(PyObject *lhs, PyObject *rhs);
NEW_REF RC_CALLS_OUT PyObject *_PyNumber_InPlacePowerNoMod(PyObject *lhs, PyObject *rhs);

NEW_REF PyObject *_PyType_AllocNoTrack(PyTypeObject *type, Py_ssize_t nitems);
NEW_REF PyObject *_PyType_GetSubclasses(PyTypeObject *type);
void _PyObject_Init(PyObject *op, PyTypeObject *type);
void _PyObject_InitVar(PyVarObject *op, PyTypeObject *type, Py_ssize_t size);
void _PyObject_GC_TRACK(PyObject *op);
void _PyObject_GC_UNTRACK(PyObject *op);
RC_RAISES int _PyObject_StoreInstanceAttribute(PyObject *obj, PyDictValues *values, PyObject *name,
        RC_KEEPS PyObject *value);
RC_RETURNS_NEW RC_NULLABLE PyObject *_PyObject_GetInstanceAttribute(PyObject *obj, PyDictValues *values,
        PyObject *name);

NEW_REF PyObject *_PyTuple_FromArray(PyObject *const *items, Py_ssize_t n);
NEW_REF PyObject *_PyTuple_FromArraySteal(PyObject *const *items, Py_ssize_t n);
RC_RAISES int _PyList_AppendTakeRef(PyListObject *list, RC_STEALS PyObject *item);
RC_RAISES int _PyList_AppendTakeRefListResize(PyListObject *list, RC_STEALS PyObject *item);
NEW_REF PyObject *_PyDict_FromKeys(PyObject *cls, PyObject *iterable, PyObject *value);
NEW_REF PyObject *_PyDict_FromItems(PyObject *const *keys, Py_ssize_t keys_offset, PyObject *const *values,
        Py_ssize_t values_offset, Py_ssize_t length);
RC_RAISES RC_CALLS_OUT int _PyDict_SetItem_Take2(PyDictObject *dict, RC_STEALS PyObject *key,
        RC_STEALS PyObject *value);
NEW_REF PyObject *_PyDict_Pop_KnownHash(PyObject *dict, PyObject *key, Py_hash_t hash, PyObject *default_value);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *_PyDict_LoadGlobal(PyDictObject *globals, PyDictObject *builtins,
        PyObject *key);
RC_RAISES Py_ssize_t _PyDict_GetItemHint(PyDictObject *dict, PyObject *key, Py_ssize_t hint,
        RC_OUT RC_BORROWED RC_NULLABLE PyObject **value);

NEW_REF PyHamtObject *_PyHamt_New(void);
NEW_REF PyHamtObject *_PyHamt_Assoc(PyHamtObject *hamt, RC_KEEPS PyObject *key, RC_KEEPS PyObject *value);
NEW_REF PyHamtObject *_PyHamt_Without(PyHamtObject *hamt, PyObject *key);
RC_RAISES int _PyHamt_Find(PyHamtObject *hamt, PyObject *key, RC_OUT RC_BORROWED RC_NULLABLE PyObject **value);
NEW_REF PyObject *_PyHamt_NewIterKeys(PyHamtObject *hamt);
NEW_REF PyObject *_PyHamt_NewIterValues(PyHamtObject *hamt);
NEW_REF PyObject *_PyHamt_NewIterItems(PyHamtObject *hamt);

RC_RETURNS_BORROWED PyObject *_PyLong_GetZero(void);
RC_RETURNS_BORROWED PyObject *_PyLong_GetOne(void);
RC_RETURNS_NEW PyObject *_PyLong_FromUnsignedChar(unsigned char value);
NEW_REF PyObject *_PyLong_Add(PyLongObject *a, PyLongObject *b);
NEW_REF PyObject *_PyLong_Subtract(PyLongObject *a, PyLongObject *b);
NEW_REF PyObject *_PyLong_Multiply(PyLongObject *a, PyLongObject *b);

NEW_REF PyObject *_PyCode_GetVarnames(PyCodeObject *code);
NEW_REF PyObject *_PyCode_GetCellvars(PyCodeObject *code);
NEW_REF PyObject *_PyCode_GetFreevars(PyCodeObject *code);
NEW_REF PyObject *_PyCode_GetCode(PyCodeObject *code);
NEW_REF PyFrameObject *_PyFrame_New_NoTrack(PyCodeObject *code);
RC_RETURNS_BORROWED RC_NULLABLE PyFrameObject *_PyFrame_GetFrameObject(struct _PyInterpreterFrame *frame);
RC_RETURNS_BORROWED RC_NULLABLE PyFrameObject *_PyFrame_MakeAndSetFrameObject(struct _PyInterpreterFrame *frame);
RC_RETURNS_BORROWED PyObject *_PyFrame_StackPeek(struct _PyInterpreterFrame *frame);
RC_RETURNS_NEW PyObject *_PyFrame_StackPop(struct _PyInterpreterFrame *frame);
void _PyFrame_StackPush(struct _PyInterpreterFrame *frame, RC_STEALS PyObject *value);
RC_RETURNS_NEW RC_NULLABLE PyObject *_PyGen_yf(PyGenObject *gen);
NEW_REF PyObject *_PyCoro_GetAwaitableIter(PyObject *o);
NEW_REF PyObject *_PyAsyncGenValueWrapperNew(RC_KEEPS PyObject *value);

RC_RETURNS_BORROWED_FROM(module) PyObject *_PyModule_GetDict(PyObject *module);
NEW_REF PyObject *_PyImport_BootstrapImp(PyThreadState *tstate);
RC_RAISES int _PySys_SetAttr(PyObject *name, RC_KEEPS PyObject *value);
RC_RAISES int _PyState_AddModule(PyThreadState *tstate, RC_KEEPS PyObject *module, PyModuleDef *def);
NEW_REF PyTypeObject *_PyStructSequence_NewType(PyStructSequence_Desc *desc, unsigned long flags);
RC_RETURNS_BORROWED PyObject *_PyEval_GetBuiltins(PyThreadState *tstate);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *_PyEval_BuiltinsFromGlobals(PyThreadState *tstate, PyObject *globals);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *_PyEval_GetAsyncGenFirstiter(void);
RC_RETURNS_BORROWED RC_NULLABLE PyObject *_PyEval_GetAsyncGenFinalizer(void);
NEW_REF RC_CALLS_OUT PyObject *_PyEval_Vector(PyThreadState *tstate, PyFunctionObject *func, PyObject *locals,
        PyObject *const *args, size_t argcount, PyObject *kwnames);
NEW_REF RC_CALLS_OUT PyObject *_PyEval_CallTracing(PyObject *func, PyObject *args);
RC_RAISES int _PyAccu_Accumulate(_PyAccu *acc, RC_KEEPS PyObject *unicode);
NEW_REF PyObject *_PyAccu_FinishAsList(_PyAccu *acc);
NEW_REF PyObject *_PyAccu_Finish(_PyAccu *acc);
RC_RAISES int _PyArena_AddPyObject(PyArena *arena, RC_STEALS_ON_SUCCESS PyObject *o);
NEW_REF PyObject *_PyNamespace_New(PyObject *kwds);
NEW_REF PyObject *_Py_union_type_or(PyObject *a, PyObject *b);
NEW_REF PyObject *_Py_make_parameters(PyObject *args);
NEW_REF PyObject *_Py_subs_parameters(PyObject *self, PyObject *args, PyObject *parameters, PyObject *item);
NEW_REF PyObject *_Py_device_encoding(int fd);
NEW_REF PyObject *_Py_GetLocaleEncodingObject(void);
RC_RAISES int _Py_GetLocaleconvNumeric(struct lconv *lc, RC_OUT PyObject **decimal_point,
        RC_OUT PyObject **thousands_sep);

/* ---- names of Python 2 that compatibility headers still declare -------------------------------------------------- */
RC_SETS_UP RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *Py_InitModule4(const char *name, PyMethodDef *methods,
        const char *doc, PyObject *self, int apiver);
RC_SETS_UP RC_RETURNS_BORROWED RC_NULLABLE RC_RAISES PyObject *Py_InitModule4_64(const char *name, PyMethodDef *methods,
        const char *doc, PyObject *self, int apiver);
NEW_REF PyObject *Py_FindMethod(PyMethodDef *methods, PyObject *self, const char *name);
NEW_REF PyObject *PyCObject_FromVoidPtr(void *pointer, void (*destroy)(void *pointer));
NEW_REF PyObject *PyCObject_FromVoidPtrAndDesc(void *pointer, void *desc, void (*destroy)(void *pointer, void *desc));
RC_RAISES void *PyCObject_AsVoidPtr(PyObject *o);
RC_RAISES void *PyCObject_GetDesc(PyObject *o);
NEW_REF PyObject *PyInt_FromLong(long value);
NEW_REF PyObject *PyInt_FromSsize_t(Py_ssize_t value);
NEW_REF PyObject *PyInt_FromSize_t(size_t value);
RC_RAISES long PyInt_AsLong(PyObject *o);
RC_RAISES Py_ssize_t PyInt_AsSsize_t(PyObject *o);
NEW_REF PyObject *PyString_FromString(const char *string);
NEW_REF PyObject *PyString_FromStringAndSize(const char *string, Py_ssize_t size);
NEW_REF RC_FORMAT(message, 1) PyObject *PyString_FromFormat(const char *format, ...);
RC_RETURNS_BORROWED_FROM(o) RC_RAISES char *PyString_AsString(RC_NONNULL PyObject *o);
RC_RAISES int PyString_AsStringAndSize(PyObject *o, char **string, Py_ssize_t *size);
RC_RAISES Py_ssize_t PyString_Size(RC_NONNULL PyObject *o);
void PyString_Concat(RC_STEALS RC_OUT PyObject **string, PyObject *newpart);
void PyString_ConcatAndDel(RC_STEALS RC_OUT PyObject **string, RC_RELEASES PyObject *newpart);
void PyString_InternInPlace(RC_STEALS RC_OUT RC_NONNULL PyObject **string);
NEW_REF PyObject *PyString_InternFromString(const char *string);
RC_RAISES int _PyString_Resize(RC_STEALS RC_OUT PyObject **string, Py_ssize_t size);
NEW_REF RC_CALLS_OUT PyObject *PyObject_Unicode(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Int(PyObject *o);
NEW_REF RC_CALLS_OUT PyObject *PyNumber_Divide(RC_NONNULL PyObject *a, RC_NONNULL PyObject *b);
RC_RAISES RC_CALLS_OUT int PyObject_Compare(PyObject *a, PyObject *b);
#endif
int PyOS_mystricmp(const char *a, const char *b);
int PyOS_mystrnicmp(const char *a, const char *b, Py_ssize_t n);

/* clang-format on */
