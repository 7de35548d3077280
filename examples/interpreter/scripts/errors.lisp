; Stops in the middle of a nested evaluation: what was held there must not stay.
(define (deep n) (if (= n 0) (car 'oops) (cons (sentinel (number->string n)) (deep (- n 1)))))
(define ring (list 1 2))
(set-cdr! (cdr ring) ring)
(print "before")
(let ((kept (sentinel "outer")))
  (deep 2))
(print "never")
