// BEGIN and END (RFC 5545 §3.4, §3.6), and what is made of those that do not match.

extension DocumentReader {
    /// Puts a line where it belongs: into the component table, or into the component that is open.
    @inline(__always)
    mutating func keep(_ record: LineRecord, _ bytes: Span<UInt8>, at line: Int) {
        guard record.kind != .begin, record.kind != .end else { return keepBoundary(record, bytes, at: line) }
        guard propertiesLeft > 0 else { return refuse(at: line) }
        propertiesLeft &-= 1
        if record.kind == .uid { keepHash(ofUID: record, bytes) }
        lines.append(record)
    }

    /// Series are put together by UID later; now the bytes are at hand. The first UID counts, plain or not.
    private mutating func keepHash(ofUID record: LineRecord, _ bytes: Span<UInt8>) {
        guard let innermost = open.last, components[innermost.index].uid == .none else { return }
        guard record.flags.isEmpty, let value = record.nearValue, !value.isEmpty,
            bytes.firstIndex(of: ASCII.backslash, in: value) == nil
        else {
            components[innermost.index].uid = .encoded
            return
        }
        components[innermost.index].uid = .hashed(bytes.hash(of: value))
    }

    /// Says why a property is not kept.
    private mutating func refuse(at line: Int) {
        guard openTooDeep == 0 else { return }
        guard let innermost = open.last else { return addStray(at: line) }
        guard components[innermost.index].flags.insert(.overLimit).inserted else { return }
        let message = "the component has more than \(limits.propertiesPerComponent) properties"
        diagnostics.add(.badLine, .valueIgnored, line: line, message)
    }

    private mutating func keepBoundary(_ record: LineRecord, _ bytes: Span<UInt8>, at line: Int) {
        let name = name(in: record, bytes)
        if record.kind == .begin {
            begin(record, name: name, bytes, at: line)
        } else {
            end(record, name: name, bytes, at: line)
        }
    }

    private mutating func begin(_ record: LineRecord, name: Range<Int>, _ bytes: Span<UInt8>, at line: Int) {
        let kind = ComponentKind.table.kind(bytes, name) ?? .other
        guard openTooDeep == 0 else {
            openTooDeep += 1
            return
        }
        if kind == .calendar {
            closeUnended(downTo: 0, bytes)
        } else if kind.standsInCalendar, let unended = open.lastIndex(where: { $0.kind.standsInCalendar }) {
            closeUnended(downTo: unended, bytes)
        }
        guard open.count < limits.nesting else {
            openTooDeep = 1
            (propertiesLeftOutsideTooDeep, propertiesLeft) = (propertiesLeft, 0)
            let message = "\(Excerpt.text(bytes, name)) is more than \(limits.nesting) components deep"
            diagnostics.add(.unbalancedComponent, .valueIgnored, line: line, message)
            return
        }
        var component = ComponentRecord(firstLine: UInt32(lines.count), documentLine: UInt32(line), kind: kind)
        if open.isEmpty {
            component.flags.insert(.outermost)
            if kind != .calendar {
                let message = "\(Excerpt.text(bytes, name)) stands outside any VCALENDAR"
                diagnostics.add(.unbalancedComponent, .componentRejected, line: line, message)
            }
        }
        open.append(OpenComponent(index: components.count, kind: kind, propertiesLeftOutside: propertiesLeft))
        propertiesLeft = limits.propertiesPerComponent
        components.append(component)
        lines.append(record)
    }

    private mutating func end(_ record: LineRecord, name: Range<Int>, _ bytes: Span<UInt8>, at line: Int) {
        guard openTooDeep == 0 else {
            openTooDeep -= 1
            if openTooDeep == 0 { propertiesLeft = propertiesLeftOutsideTooDeep }
            return
        }
        let kind = ComponentKind.table.kind(bytes, name) ?? .other
        // Nearly always it is the innermost one.
        if kind != .other, let innermost = open.last, innermost.kind == kind {
            lines.append(record)
            open.removeLast()
            return close(innermost, .ended)
        }
        let match = open.lastIndex { candidate in
            candidate.kind == kind && (kind != .other || isBegin(of: candidate.index, named: name, bytes))
        }
        guard let match else {
            guard diagnostics.hasRoom else {
                diagnostics.drop()
                return
            }
            let message = "END of \(Excerpt.text(bytes, name)), which is not open"
            diagnostics.add(.unbalancedComponent, .valueIgnored, line: line, message)
            return
        }
        closeUnended(downTo: match + 1, bytes)
        lines.append(record)
        close(open.removeLast(), .ended)
    }

    /// Closes the open components from the innermost down to the one at `depth`, none of which had its END.
    private mutating func closeUnended(downTo depth: Int, _ bytes: Span<UInt8>) {
        while open.count > depth, let innermost = open.popLast() {
            let effect: ICalendarDiagnostic.Effect =
                dialect.acceptsUnbalancedComponents ? .tolerated : .componentRejected
            let message = "a component without its END: \(name(of: innermost, bytes))"
            diagnostics.add(.unbalancedComponent, effect, line: beginLine(of: innermost), message)
            close(innermost, [])
        }
    }

    /// Closes what the end of the document cut off.
    mutating func closeAtEnd(_ bytes: Span<UInt8>) {
        guard let outermost = open.first else { return }
        let message = "the document ends inside \(open.map { name(of: $0, bytes) }.joined(separator: ", "))"
        diagnostics.add(.unbalancedComponent, .componentRejected, line: beginLine(of: outermost), message)
        while let innermost = open.popLast() { close(innermost, .cut) }
    }

    private mutating func close(_ component: OpenComponent, _ flag: ComponentRecord.Flags) {
        components[component.index].endLine = UInt32(lines.count)
        components[component.index].endComponent = UInt32(components.count)
        components[component.index].flags.formUnion(flag)
        propertiesLeft = component.propertiesLeftOutside
    }
}

// MARK: - Names

extension DocumentReader {
    private func beginLine(of component: OpenComponent) -> Int { Int(components[component.index].documentLine) }

    private func name(of component: OpenComponent, _ bytes: Span<UInt8>) -> String {
        guard component.kind == .other else { return component.kind.rawValue }
        return Excerpt.text(bytes, beginName(of: component.index, bytes))
    }

    private func beginName(of component: Int, _ bytes: Span<UInt8>) -> Range<Int> {
        name(in: lines[Int(components[component].firstLine)], bytes)
    }

    /// The value of a BEGIN or an END.
    private func name(in line: LineRecord, _ bytes: Span<UInt8>) -> Range<Int> {
        bytes.trimmed(line.value(bytes))
    }

    private func isBegin(of component: Int, named name: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        let begin = beginName(of: component, bytes)
        guard begin.count == name.count else { return false }
        return zip(begin, name).allSatisfy { ASCII.uppercased(bytes[$0]) == ASCII.uppercased(bytes[$1]) }
    }
}
