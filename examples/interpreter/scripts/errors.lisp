; Stops in the middle of a nested evaluation: what is held there must not stay. The last call of the let is a tail
; call, so its frame is gone before the call begins.
(define (deep n) (if (= n 0) (car 'oops) (cons (sentinel (number->string n)) (deep (- n 1)))))
(define ring (list 1 2))
(set-cdr! (cdr ring) ring)
(print "before")
(let ((kept (sentinel "outer")))
  (deep 2))
(print "never")
