; learned from 50 observations
(:action pick
  :parameters (?x ?y)
  :precondition (and (clear ?x) (handempty) (on ?x ?y) (smaller ?x ?y))
  :effect (and (clear ?y) (holding ?x) (not (clear ?x)) (not (handempty)) (not (on ?x ?y))))

; learned from 50 observations
(:action place
  :parameters (?x ?y)
  :precondition (and (clear ?y) (holding ?x) (smaller ?x ?y))
  :effect (and (clear ?x) (handempty) (on ?x ?y) (not (clear ?y)) (not (holding ?x))))
