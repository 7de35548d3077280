; Without an end, and not as a tail call: an error, not a crash.
(define (down n) (+ 1 (down (+ n 1))))
(print "before")
(down 0)
