tower-label = Build a tower
tower-description = Two agents rebuild the same tower. A small one thinks on your device, a large one acts on the server.
tower-task-hanoi =
    Move the tower to the { $goal ->
        [left] left
        [middle] middle
       *[right] right
    } area, one block at a time, never a larger one onto a smaller one.
# $block is a block's name, such as b2; $onto an area, or a block's name.
tower-task-single =
    Put { $block } onto { $onto ->
        [left] the left area
        [middle] the middle area
        [right] the right area
       *[other] { $onto }
    }.

# One side: its table, how it stands, and what it took. The name stands before what it does, in a line of its own.
tower-side-here = Here
tower-side-there = There
tower-side-how-here = sees, thinks, then acts
tower-side-how-there = one large network does it all
# Names a table, and is told of a push; $told is a sentence.
tower-side-told =
    { $side ->
        [here] Here
       *[there] There
    }: { $told }
# $problem is one sentence or more.
tower-stopped = Stopped. { $problem }
tower-starting-here = Getting its small networks.
tower-starting-there = Getting ready.
tower-done =
    Done in { $moves ->
        [one] { $moves } move
       *[other] { $moves } moves
    }, of which { $fewest ->
        [one] { $fewest } is
       *[other] { $fewest } are
    } needed.
# $why is one of the next five.
tower-failed = Failed: { $why }.
tower-why-larger = a larger block came to rest on a smaller one
tower-why-dropped = a block was dropped
tower-why-toppled = a block toppled off its edge
tower-why-outside = a block came to rest outside the areas
tower-why-timeout = it ran out of steps
tower-thinking = Thinking.
tower-busy = The server is busy. It is asked again in { $seconds } s.
tower-waiting = Waiting for the server.
tower-reaching = Reaching for a block.
tower-carrying = Carrying { $block }.
tower-go-on = Go on
tower-time = Time
tower-time-way = the way there and back included
tower-time-computing = computing
tower-energy = Energy
# From one amount to another, with their units.
tower-range = { $low } to { $high }
tower-calls = Model calls
tower-calls-here = small ones, most worked out by Python itself
tower-calls-there = one for 8 steps
tower-moves = Moves
# How many were made, and how many are needed.
tower-moves-of = { $moves } of { $fewest }
tower-moves-fewest = the fewest that can do it
# How much was sent to the server.
tower-sent = Sent
tower-sent-recorded = nothing: it was recorded
tower-sent-back = { $size } came back
tower-sent-nothing = nothing leaves this device

tower-pause = Pause
tower-play = Play
tower-step = One step
tower-again = Start again
tower-another = Another one
tower-speed = Speed
tower-blocks = Blocks
tower-kind = Task
tower-kind-hanoi = whole tower
tower-kind-single = one move
# The areas between which the tower moves.
tower-from = From
tower-to = To
tower-area-left = left
tower-area-middle = middle
tower-area-right = right
# Goes on with the next two, each before a choice, and a button.
tower-push = Get in the way: drag a block on either table while they work. Both get the same push. Or
tower-push-block = move
tower-push-area = to the area
tower-push-do = Push
tower-pushed = You moved { $block }.
# Why comes after it.
tower-not-moved = Not moved.
tower-refused-falling = Input can not be used: a block is falling, or it is all over: wait, or begin another episode.
tower-refused-gripper = Input can not be used: the gripper is in the way: choose another place, or wait.
tower-refused-place = Input can not be used: a block would lie on a smaller one, on an edge or outside: choose another place.

# What goes on in the agent here. The first and the last of these four headings come after "Here" and "There".
tower-sees = it sees
tower-knows = it knows
tower-plans = it plans
tower-was-sent = it was sent
# $blocks are the names of blocks.
tower-picture =
    The camera's picture, with a box around { $blocks ->
        [none] nothing
       *[some] { $blocks }
    }
tower-picture-none = Nothing yet
tower-picture-sent = The same picture, without boxes
tower-says-nothing = It has not looked yet.
tower-says-look = I look where everything is.
tower-says-again = I look again, to be sure.
tower-says-plan =
    { $steps ->
        [one] I have a plan: { $steps } step.
       *[other] I have a plan: { $steps } steps.
    }
tower-says-reach = I go to { $block }.
tower-says-grasp = I take { $block }.
tower-says-carry =
    I carry { $block } to { $onto ->
        [left] the left area
        [middle] the middle area
        [right] the right area
       *[other] { $onto }
    }.
tower-says-release =
    I put { $block } onto { $onto ->
        [left] the left area
        [middle] the middle area
        [right] the right area
       *[other] { $onto }
    }.
# $states is a number, as text.
tower-planned =
    { $steps ->
        [one] { $steps } step
       *[other] { $steps } steps
    }, found among { $states } states.
tower-replanned =
    Planned anew { $times ->
        [one] once
       *[other] { $times } times
    }.
# $expected and $saw are facts in the agent's own words, such as on(b0, left).
tower-replanned-why =
    Planned anew { $times ->
        [one] once
       *[other] { $times } times
    }: expected { $expected ->
        [none] nothing more
       *[some] { $expected }
    }; saw { $saw ->
        [none] nothing of it
       *[some] { $saw }
    }.
tower-motions = It answers with motions. What lies between, a plan or none, can not be looked at.
tower-learned = What it learned by watching
tower-learned-how = Nobody wrote these two rules. They are what 50 demonstrated stackings had in common, none of which was a solution.
# The rules.
tower-learned-lost = They could not be loaded.

tower-results = How often, and for how much?
tower-results-how = Each agent in { $episodes } episodes of each kind that neither was trained on. The lines are ranges: upright, where the true share of successes lies with 95{"\u00a0"}% confidence; across, what an episode’s computing may have taken.
tower-results-here = here
tower-results-there = there
tower-chart = Success against energy; the table below has the figures
tower-chart-energy = energy of an episode
tower-chart-number = a number is that of the tower’s blocks
tower-table = All results
tower-table-success = success
tower-table-paper = the paper’s two, as reported
tower-table-single = one move
tower-table-blocks = { $blocks } blocks
tower-table-unshown = { $blocks } blocks, never shown
# $why is one of those after "Failed:".
tower-table-mostly = most often { $why }
tower-table-training = energy to train
tower-table-for-success = energy for a success, 3 blocks
tower-table-never = it never succeeded
# A machine's name comes after it, and then how its energy was counted.
tower-machine = Both ran on one machine:
tower-machine-alone = Energy is of the computing alone; the simulated table and camera do not count.
tower-study = With a worse camera than they were trained with
tower-study-noise = Grain of the picture
tower-study-light = Light and colours astray
# A figure in words: its name, and the results at each level of what made the camera worse.
tower-study-told = { $label }. Success at { $each }.
tower-study-at = { $level }: here { $here }, there { $there }
tower-study-kind = One move with three blocks. 1 is what both were trained with.
tower-paper = What is different from the paper
tower-paper-how = Nearly everything but the idea. The paper’s robot has an arm with many joints and a physics engine; here a gripper moves up, down and sideways over a flat table. Its end-to-end model has billions of parameters and was tuned on a graphics card for 40 hours; this one has three million and learned for little over an hour on two processor cores, from demonstrations of this table alone. So compare the two agents on this page with each other, and the paper’s two with each other.

tower-models = The network that acts there, from the largest to the smallest. Here the small ones act together: one sees, four move.

# The bill of a month: what to do while an episode's energy is not known, and what is in the totals.
tower-bill-first = Not known yet: let this table be played to its end first.
tower-bill-counted = Here and there: what the agent computed with in the episode above, however it ended, times how often, and no more: no data centre, no networks, no robot.
