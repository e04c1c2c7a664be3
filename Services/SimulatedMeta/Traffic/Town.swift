/// The customers, their conversations, and what they and the business do next. Hands out items in the order they happen.
struct Town: Sendable {
  private struct Later: Sendable {
    let due: Int
    let item: Item
  }

  private let plan: TrafficPlan
  private var random: SeededRandom
  private var inbound: InboundMaker
  private var echoes: EchoMaker
  private var changes: ChangeMaker
  private var moves: [Int: Int] = [:]
  private var moveCount = 0
  private var dialogues: [Int: Dialogue] = [:]
  private var later: [Later] = []
  private var tick = 0

  init(_ plan: TrafficPlan) {
    self.plan = plan
    random = SeededRandom(seed: plan.runKey)
    inbound = InboundMaker(wamids: WamidMaker(runKey: plan.runKey), random: SeededRandom(seed: plan.runKey &+ 1))
    echoes = EchoMaker(random: SeededRandom(seed: plan.runKey &+ 2))
    changes = ChangeMaker(random: SeededRandom(seed: plan.runKey &+ 3), runKey: plan.runKey)
  }

  var seconds: Int { plan.startsAt + Int(Double(tick) / plan.bodiesPerSecond) }
  var isQuiet: Bool { later.isEmpty }

  /// What one new body tells.
  mutating func nextItems() -> [Item] {
    tick += 1
    let due = takeDue(atMost: 4)
    if !due.isEmpty, random.chance(70) { return due }
    if random.chance(1) { return due + [changes.make(Scene(customer: someone(), number: 0, seconds: seconds))] }
    let count = random.chance(8) ? random.within(2...6) : 1
    return due + (0..<count).map { _ in happen() }
  }

  /// What was still to come, when nothing new happens any more.
  mutating func restItems() -> [Item] {
    tick += 1
    let items = later.prefix(20).map(\.item)
    later.removeFirst(items.count)
    return items
  }

  private mutating func someone() -> Customer {
    let index = random.below(plan.customers)
    return Customer(index: index, move: moves[index])
  }

  private mutating func happen() -> Item {
    let customer = someone()
    let number = random.chance(85) ? customer.home : random.below(BusinessNumber.all.count)
    let scene = Scene(customer: customer, number: number, seconds: seconds)
    let key = customer.index * BusinessNumber.all.count + number
    var dialogue = dialogues[key] ?? Dialogue()
    defer { dialogues[key] = dialogue }
    let kind = inbound.possible(inbound.pickKind(), in: dialogue)
    guard kind != .numberChange else { return move(customer, scene) }
    let item = inbound.make(kind, scene, &dialogue)
    if kind.isListed, random.chance(55) { answer(scene, &dialogue) }
    return item
  }

  private mutating func move(_ customer: Customer, _ scene: Scene) -> Item {
    let serial = (Int(plan.runKey % UInt64(Customer.maxMoves)) + moveCount) % Customer.maxMoves
    moveCount += 1
    moves[customer.index] = serial
    return inbound.numberChange(from: customer, to: Customer(index: customer.index, move: serial), scene)
  }

  /// The business answers from its phone app some bodies later; a first status may overtake the echo.
  private mutating func answer(_ scene: Scene, _ dialogue: inout Dialogue) {
    let isRevoke = dialogue.lastOutbound != nil && random.chance(2)
    let kind: ItemKind = isRevoke ? .echoRevoke : random.chance(10) ? .echoVoice : .echo
    let delay = random.within(1...6)
    let seconds = scene.seconds + Int(Double(delay) / plan.bodiesPerSecond)
    let echoScene = Scene(customer: scene.customer, number: scene.number, seconds: seconds)
    let id = inbound.wamids.next(digits: scene.customer.digits, isFromBusiness: true)
    schedule(echoes.echo(kind, id: id, target: dialogue.lastOutbound, echoScene), in: delay)
    guard !isRevoke else { return }
    dialogue.lastOutbound = id
    let isEarly = random.chance(12)
    for (index, step) in echoes.steps(isVoice: kind == .echoVoice).enumerated() {
      let offset = isEarly && index == 0 ? -1 : random.within(0...5) + index * 4
      schedule(echoes.status(step, of: id, echoScene), in: max(0, delay + offset))
    }
  }

  /// Keeps the list sorted by when things are due; what is due at once stays in the order of its calls.
  private mutating func schedule(_ item: Item, in ticks: Int) {
    let due = tick + ticks
    let place = later.lastIndex { $0.due <= due }.map { $0 + 1 } ?? 0
    later.insert(Later(due: due, item: item), at: place)
  }

  private mutating func takeDue(atMost limit: Int) -> [Item] {
    let items = later.prefix(limit).prefix { $0.due <= tick }.map(\.item)
    later.removeFirst(items.count)
    return items
  }
}
