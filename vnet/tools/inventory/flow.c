// SPDX-License-Identifier: GPL-2.0-only
#include "flow.h"

#include <capstone/capstone.h>
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NR_REGISTERS	16
#define NR_SLOTS	32
#define NR_ARGUMENTS	6
#define COLD		4096

/* In the numbers that instructions have for them. */
enum { RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8, R9, R10, R11 };

static const int argument_register[NR_ARGUMENTS] = { RDI, RSI, RDX, RCX, R8, R9 };
static const int scratch[] = { RAX, RCX, RDX, RSI, RDI, R8, R9, R10, R11 };

struct slot {
	int base;
	int64_t offset;
	struct value value;
};

struct state {
	struct value registers[NR_REGISTERS];
	struct slot slots[NR_SLOTS];
	int nr_slots;
};

/* What a jump brings to a place further on. */
struct arrival {
	size_t section;
	uint64_t offset;
	struct state state;
	struct arrival *next;
};

struct follower {
	struct flow *flow;
	const struct image *image;
	const struct objects *objects;
	csh capstone;
	uint32_t index;			/* the function followed */
	const struct function *function;
	struct state state;
	struct arrival *arrivals;	/* within the function */
	struct arrival *cold[COLD];	/* in parts that stand elsewhere, hashed */
	bool failed;
};

static int number_of(x86_reg reg)
{
	static const x86_reg names[NR_REGISTERS][4] = {
		{ X86_REG_RAX, X86_REG_EAX, X86_REG_AX, X86_REG_AL },
		{ X86_REG_RCX, X86_REG_ECX, X86_REG_CX, X86_REG_CL },
		{ X86_REG_RDX, X86_REG_EDX, X86_REG_DX, X86_REG_DL },
		{ X86_REG_RBX, X86_REG_EBX, X86_REG_BX, X86_REG_BL },
		{ X86_REG_RSP, X86_REG_ESP, X86_REG_SP, X86_REG_SPL },
		{ X86_REG_RBP, X86_REG_EBP, X86_REG_BP, X86_REG_BPL },
		{ X86_REG_RSI, X86_REG_ESI, X86_REG_SI, X86_REG_SIL },
		{ X86_REG_RDI, X86_REG_EDI, X86_REG_DI, X86_REG_DIL },
		{ X86_REG_R8, X86_REG_R8D, X86_REG_R8W, X86_REG_R8B },
		{ X86_REG_R9, X86_REG_R9D, X86_REG_R9W, X86_REG_R9B },
		{ X86_REG_R10, X86_REG_R10D, X86_REG_R10W, X86_REG_R10B },
		{ X86_REG_R11, X86_REG_R11D, X86_REG_R11W, X86_REG_R11B },
		{ X86_REG_R12, X86_REG_R12D, X86_REG_R12W, X86_REG_R12B },
		{ X86_REG_R13, X86_REG_R13D, X86_REG_R13W, X86_REG_R13B },
		{ X86_REG_R14, X86_REG_R14D, X86_REG_R14W, X86_REG_R14B },
		{ X86_REG_R15, X86_REG_R15D, X86_REG_R15W, X86_REG_R15B },
	};
	static int8_t numbers[X86_REG_ENDING];
	static bool made;
	int i, j;

	if (!made) {
		memset(numbers, -1, sizeof(numbers));
		for (i = 0; i < NR_REGISTERS; i++)
			for (j = 0; j < 4; j++)
				numbers[names[i][j]] = i;
		made = true;
	}
	return numbers[reg];
}

/* Room for one more in a list of elements of that size; NULL when there is none. */
static void *one_more(struct follower *f, void **list, size_t *nr, size_t *room,
		      size_t each)
{
	if (*nr == *room) {
		size_t more = *room ? 2 * *room : 65536;
		void *grown = realloc(*list, more * each);

		if (!grown) {
			f->failed = true;
			return NULL;
		}
		*list = grown;
		*room = more;
	}
	return (char *)*list + (*nr)++ * each;
}

static void note(struct follower *f, struct value of, enum deed deed,
		 uint32_t callee, int argument)
{
	struct flow *flow = f->flow;
	struct fact *fact;

	if (of.holds == NOTHING || (of.holds == ARGUMENT && deed == READS))
		return;
	/* It goes where it will be called from, who knows by whom. */
	if (of.holds == FUNCTION) {
		flow->taken[of.which] = true;
		return;
	}
	if (of.holds == OBJECT && !f->objects->list[of.which].chosen)
		return;
	fact = one_more(f, (void **)&flow->facts, &flow->nr_facts, &flow->room_facts,
			sizeof(*fact));
	if (fact)
		*fact = (struct fact){
			.of = of, .deed = deed, .argument = argument,
			.function = f->index, .callee = callee,
		};
}

static void note_call(struct follower *f, uint32_t callee)
{
	struct flow *flow = f->flow;
	struct call *call = one_more(f, (void **)&flow->calls, &flow->nr_calls,
				     &flow->room_calls, sizeof(*call));

	if (call)
		*call = (struct call){ f->index, callee };
}

static uint32_t index_of(const struct follower *f, const struct function *function)
{
	return function ? function - f->image->functions : NO_FUNCTION;
}

/* The relocation that a field of the instruction has, or NULL. */
static const struct reloc *reloc_at(const struct follower *f, const cs_insn *insn,
				    unsigned int field)
{
	const struct section *s = &f->image->sections[f->function->section];
	size_t i;

	if (!field)
		return NULL;
	i = section_reloc(s, insn->address + field);
	if (i < s->nr_relocs && s->relocs[i].offset == insn->address + field)
		return &s->relocs[i];
	return NULL;
}

/* Where it leads; a relative one counts from the end of the instruction. */
static bool target(const struct follower *f, const cs_insn *insn,
		   const struct reloc *r, size_t *section, int64_t *offset)
{
	uint64_t symbol;

	if (!image_target(f->image, r, section, &symbol))
		return false;
	*offset = symbol + r->addend;
	if (r->type == R_X86_64_PC32 || r->type == R_X86_64_PLT32)
		*offset += insn->address + insn->size - r->offset;
	return true;
}

static struct value address_of(const struct follower *f, const cs_insn *insn,
			       const struct reloc *r)
{
	struct object *o;
	size_t section;
	int64_t offset;

	if (!r || !target(f, insn, r, &section, &offset))
		return (struct value){};
	o = objects_at(f->objects, section, offset);
	/*
	 * An index that counts from one has the address before the object; the
	 * symbol of a section says nothing of which object that is.
	 */
	if (!o && f->image->symbols[r->symbol].type != STT_SECTION)
		o = objects_at(f->objects, section,
			       f->image->symbols[r->symbol].value);
	if (!o) {
		struct function *to = image_function(f->image, section, offset);

		if (!to || (int64_t)to->start != offset)
			return (struct value){};
		return (struct value){ .holds = FUNCTION, .which = index_of(f, to) };
	}
	return (struct value){
		.holds = OBJECT, .which = o - f->objects->list,
		.offset = offset - (int64_t)o->offset,
	};
}

static struct value operand_address(struct follower *f, const cs_insn *insn,
				    const cs_x86_op *op)
{
	const struct reloc *r = reloc_at(f, insn,
					 insn->detail->x86.encoding.disp_offset);
	int base = number_of(op->mem.base), index = number_of(op->mem.index);
	struct value v = address_of(f, insn, r);

	if (v.holds != NOTHING || r || op->mem.segment == X86_REG_GS)
		return v;
	if (base >= 0 && f->state.registers[base].holds != NOTHING) {
		v = f->state.registers[base];
		v.offset += op->mem.disp;
	} else if (index >= 0 && op->mem.scale == 1 &&
		   f->state.registers[index].holds != NOTHING) {
		v = f->state.registers[index];
	}
	return v;
}

static bool on_stack(const cs_x86_op *op, int *base)
{
	*base = number_of(op->mem.base);
	return (*base == RSP || *base == RBP) && op->mem.index == X86_REG_INVALID &&
	       op->mem.segment == X86_REG_INVALID;
}

static struct slot *slot(struct state *s, int base, int64_t offset)
{
	int i;

	for (i = 0; i < s->nr_slots; i++)
		if (s->slots[i].base == base && s->slots[i].offset == offset)
			return &s->slots[i];
	return NULL;
}

static void store_slot(struct state *s, int base, int64_t offset, struct value v)
{
	struct slot *where = slot(s, base, offset);

	if (where)
		where->value = v;
	else if (v.holds != NOTHING && s->nr_slots < NR_SLOTS)
		s->slots[s->nr_slots++] = (struct slot){ base, offset, v };
}

static struct value fresh(struct value v)
{
	v.old = false;
	return v;
}

/* What an operand of a mov is. */
static struct value source(struct follower *f, const cs_insn *insn,
			   const cs_x86_op *op)
{
	struct slot *where;
	int base;

	switch (op->type) {
	case X86_OP_REG:
		if (op->size >= 4 && number_of(op->reg) >= 0)
			return fresh(f->state.registers[number_of(op->reg)]);
		break;
	case X86_OP_IMM:
		return address_of(f, insn, reloc_at(f, insn,
				  insn->detail->x86.encoding.imm_offset));
	case X86_OP_MEM:
		if (!on_stack(op, &base))
			break;
		where = slot(&f->state, base, op->mem.disp);
		if (where)
			return where->value;
		break;
	default:
		break;
	}
	return (struct value){};
}

static void accesses(struct follower *f, const cs_insn *insn)
{
	const cs_x86 *x = &insn->detail->x86;
	int i;

	if (insn->id == X86_INS_LEA || insn->id == X86_INS_NOP)
		return;
	for (i = 0; i < x->op_count; i++) {
		const cs_x86_op *op = &x->operands[i];
		struct value v;

		if (op->type != X86_OP_MEM)
			continue;
		v = operand_address(f, insn, op);
		if (v.holds == NOTHING || v.holds == FUNCTION)
			continue;
		if (op->access & CS_AC_WRITE)
			note(f, v, WRITES, NO_FUNCTION, 0);
		else
			note(f, v, READS, NO_FUNCTION, 0);
	}
}

/* The registers that the instruction changes hold nothing known any more. */
static void forget(struct follower *f, const cs_insn *insn)
{
	cs_regs read, written;
	uint8_t nr_read, nr_written;
	int i, n;

	if (cs_regs_access(f->capstone, insn, read, &nr_read, written, &nr_written))
		return;
	for (i = 0; i < nr_written; i++) {
		n = number_of(written[i]);
		if (n < 0 || n == RSP)
			continue;
		/* What is made of a function's address is not followed. */
		if (f->state.registers[n].holds == FUNCTION && insn->id != X86_INS_POP)
			note(f, f->state.registers[n], KEEPS, NO_FUNCTION, 0);
		f->state.registers[n] = (struct value){};
	}
}

static void move(struct follower *f, const cs_insn *insn)
{
	const cs_x86_op *to = &insn->detail->x86.operands[0];
	struct value v = source(f, insn, &insn->detail->x86.operands[1]);
	int base;

	if (to->type == X86_OP_REG) {
		if (number_of(to->reg) >= 0)
			f->state.registers[number_of(to->reg)] = v;
	} else if (on_stack(to, &base)) {
		store_slot(&f->state, base, to->mem.disp, v);
	} else {
		note(f, v, KEEPS, NO_FUNCTION, 0);
	}
}

static void add(struct follower *f, const cs_insn *insn, int sign)
{
	const cs_x86_op *to = &insn->detail->x86.operands[0];
	const cs_x86_op *from = &insn->detail->x86.operands[1];
	struct value v, *here;

	if (to->type != X86_OP_REG || number_of(to->reg) < 0)
		return;
	here = &f->state.registers[number_of(to->reg)];
	v = source(f, insn, from);
	/* An index, or the offset of a processor's own area, leaves the place as it is. */
	if (from->type == X86_OP_IMM && v.holds == NOTHING)
		here->offset += sign * from->imm;
	else if (here->holds == NOTHING)
		*here = v;
}

static void pass(struct follower *f, uint32_t callee)
{
	int i;

	for (i = 0; i < NR_ARGUMENTS; i++)
		if (!f->state.registers[argument_register[i]].old)
			note(f, f->state.registers[argument_register[i]], PASSES,
			     callee, i);
}

static struct arrival *find(struct arrival *list, size_t section, uint64_t offset)
{
	while (list && (list->section != section || list->offset != offset))
		list = list->next;
	return list;
}

static void arrive(struct follower *f, struct arrival **list, size_t section,
		   uint64_t offset)
{
	struct arrival *a;

	if (find(*list, section, offset))
		return;
	a = malloc(sizeof(*a));
	if (!a) {
		f->failed = true;
		return;
	}
	*a = (struct arrival){ section, offset, f->state, *list };
	*list = a;
}

static void drop(struct arrival **list)
{
	while (*list) {
		struct arrival *next = (*list)->next;

		free(*list);
		*list = next;
	}
}

static bool is_cold(const struct function *function)
{
	return strstr(function->name, ".cold");
}

/* A jump or a call; the function that it leads out to. */
static void transfer(struct follower *f, const cs_insn *insn, bool call)
{
	const cs_x86_op *op = &insn->detail->x86.operands[0];
	size_t section = f->function->section;
	struct function *to;
	int64_t offset;
	const struct reloc *r;

	if (op->type == X86_OP_REG && number_of(op->reg) >= 0 &&
	    f->state.registers[number_of(op->reg)].holds == FUNCTION) {
		/* As every call is that is compiled with -mcmodel=large. */
		uint32_t index = f->state.registers[number_of(op->reg)].which;

		note_call(f, index);
		/* It is what is called, not what is passed. */
		f->state.registers[number_of(op->reg)].old = true;
		pass(f, index);
		return;
	}
	if (op->type != X86_OP_IMM) {
		pass(f, NO_FUNCTION);
		return;
	}
	offset = op->imm;
	r = reloc_at(f, insn, insn->detail->x86.encoding.imm_offset);
	if (r && !target(f, insn, r, &section, &offset))
		return;
	to = image_function(f->image, section, offset);
	if (!call && to == f->function) {
		if (offset > (int64_t)insn->address)
			arrive(f, &f->arrivals, section, offset);
		return;
	}
	if (!to)
		return;
	note_call(f, index_of(f, to));
	if (!call && (is_cold(to) || offset != (int64_t)to->start))
		arrive(f, &f->cold[offset % COLD], section, offset);
	else
		pass(f, index_of(f, to));
}

/* Control does not come here from above. */
static void land(struct follower *f, uint64_t offset)
{
	size_t section = f->function->section;
	struct arrival *a = find(f->arrivals, section, offset);

	if (!a && is_cold(f->function))
		a = find(f->cold[offset % COLD], section, offset);
	if (a)
		f->state = a->state;
	else
		memset(&f->state, 0, sizeof(f->state));
}

/* A function whose address the instruction names is called from who knows where. */
static void named(struct follower *f, const cs_insn *insn)
{
	const cs_x86_encoding *e = &insn->detail->x86.encoding;
	const struct reloc *found[] = {
		reloc_at(f, insn, e->imm_offset), reloc_at(f, insn, e->disp_offset)
	};
	struct function *to;
	size_t section;
	int64_t offset;
	int i;

	for (i = 0; i < 2; i++) {
		if (!found[i] || !target(f, insn, found[i], &section, &offset))
			continue;
		to = image_function(f->image, section, offset);
		if (to && to != f->function && (int64_t)to->start == offset)
			f->flow->taken[index_of(f, to)] = true;
	}
}

static void instruction(struct follower *f, const cs_insn *insn)
{
	const cs_x86 *x = &insn->detail->x86;
	struct value v;
	int n;

	accesses(f, insn);
	if (cs_insn_group(f->capstone, insn, CS_GRP_CALL)) {
		transfer(f, insn, true);
		/*
		 * What the compiler may not count on, it does not use.  A register
		 * that a function nearby leaves alone (-fipa-ra) it does use.
		 */
		for (n = 0; n < (int)(sizeof(scratch) / sizeof(*scratch)); n++)
			f->state.registers[scratch[n]].old = true;
		f->state.registers[RAX] = (struct value){};
		return;
	}
	if (cs_insn_group(f->capstone, insn, CS_GRP_JUMP)) {
		transfer(f, insn, false);
		if (insn->id == X86_INS_JMP)
			land(f, insn->address + insn->size);
		return;
	}
	if (insn->id != X86_INS_MOV && insn->id != X86_INS_MOVABS &&
	    insn->id != X86_INS_LEA)
		named(f, insn);
	switch (insn->id) {
	case X86_INS_RET:
	case X86_INS_INT3:
	case X86_INS_UD2:
		if (insn->id == X86_INS_RET && !f->function->no_address)
			note(f, f->state.registers[RAX], RETURNS, NO_FUNCTION, 0);
		/* The code goes on behind a UD2 that only warns. */
		if (insn->id != X86_INS_UD2)
			land(f, insn->address + insn->size);
		break;
	case X86_INS_MOV:
	case X86_INS_MOVABS:
		move(f, insn);
		break;
	case X86_INS_LEA:
		v = operand_address(f, insn, &x->operands[1]);
		forget(f, insn);
		n = number_of(x->operands[0].reg);
		if (n >= 0)
			f->state.registers[n] = v;
		break;
	case X86_INS_ADD:
		add(f, insn, 1);
		break;
	case X86_INS_SUB:
		add(f, insn, -1);
		break;
	case X86_INS_CMOVE: case X86_INS_CMOVNE: case X86_INS_CMOVA:
	case X86_INS_CMOVAE: case X86_INS_CMOVB: case X86_INS_CMOVBE:
	case X86_INS_CMOVG: case X86_INS_CMOVGE: case X86_INS_CMOVL:
	case X86_INS_CMOVLE: case X86_INS_CMOVS: case X86_INS_CMOVNS:
		n = number_of(x->operands[0].reg);
		v = source(f, insn, &x->operands[1]);
		if (v.holds == FUNCTION)
			note(f, v, KEEPS, NO_FUNCTION, 0);
		if (n >= 0 && f->state.registers[n].holds == NOTHING)
			f->state.registers[n] = v;
		break;
	default:
		forget(f, insn);
	}
}

static void follow(struct follower *f, uint32_t index, cs_insn *insn)
{
	const struct function *fn = &f->image->functions[index];
	const struct section *s = &f->image->sections[fn->section];
	const uint8_t *code = s->data + fn->start;
	size_t left = fn->end - fn->start;
	uint64_t address = fn->start;
	struct arrival *a;
	int i;

	if (!s->data || fn->end > s->size)
		return;
	f->index = index;
	f->function = fn;
	memset(&f->state, 0, sizeof(f->state));
	if (is_cold(fn))
		land(f, fn->start);
	else
		for (i = 0; i < NR_ARGUMENTS; i++)
			f->state.registers[argument_register[i]] =
				(struct value){ .holds = ARGUMENT, .which = i };
	while (left) {
		/* A place that only a jump leads to may stand behind data. */
		a = find(f->arrivals, fn->section, address);
		if (!cs_disasm_iter(f->capstone, &code, &left, &address, insn)) {
			code++;
			left--;
			address++;
			continue;
		}
		/* What is known on one way only is taken to be so. */
		for (i = 0; a && i < NR_REGISTERS; i++)
			if (f->state.registers[i].holds == NOTHING)
				f->state.registers[i] = a->state.registers[i];
		instruction(f, insn);
	}
	drop(&f->arrivals);
}

/* Sections that say where in the code something is, not what is called. */
static bool about_code(const char *name)
{
	static const char *const names[] = {
		".orc_", "__bug_table", "__ex_table", ".altinstr", "__jump_table",
		".static_call_sites", ".smp_locks", ".parainstructions",
		".retpoline_sites", ".return_sites", ".call_sites",
		".ibt_endbr_seal", "__mcount_loc", "__patchable", ".discard",
		".initcall", ".exitcall", ".init", "__tracepoints_ptrs", ".cfi",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strncmp(name, names[i], strlen(names[i])))
			return true;
	return false;
}

static void taken_by_data(struct flow *flow, const struct image *image)
{
	size_t i, j, section;
	uint64_t offset;

	for (i = 0; i < image->nr_sections; i++) {
		const struct section *s = &image->sections[i];

		if (!(s->flags & SHF_ALLOC) || (s->flags & SHF_EXECINSTR) ||
		    about_code(s->name))
			continue;
		for (j = 0; j < s->nr_relocs; j++) {
			struct function *to;

			if (!image_target(image, &s->relocs[j], &section, &offset))
				continue;
			to = image_function(image, section,
					    offset + s->relocs[j].addend);
			if (to)
				flow->taken[to - image->functions] = true;
		}
	}
}

int flow_read(struct flow *flow, const struct image *image,
	      const struct objects *objects)
{
	static struct follower f;
	cs_insn *insn;
	uint32_t i;
	int cold;

	f = (struct follower){ .flow = flow, .image = image, .objects = objects };
	*flow = (struct flow){
		.taken = calloc(image->nr_functions + 1, sizeof(*flow->taken)),
	};
	if (!flow->taken ||
	    cs_open(CS_ARCH_X86, CS_MODE_64, &f.capstone) != CS_ERR_OK) {
		fprintf(stderr, "inventory: the disassembler cannot be started\n");
		return -1;
	}
	cs_option(f.capstone, CS_OPT_DETAIL, CS_OPT_ON);
	insn = cs_malloc(f.capstone);
	/* The cold parts come last: what jumps to them says what they are given. */
	for (cold = 0; cold < 2; cold++)
		for (i = 0; i < image->nr_functions && !f.failed; i++)
			if (is_cold(&image->functions[i]) == cold)
				follow(&f, i, insn);
	taken_by_data(flow, image);
	for (i = 0; i < COLD; i++)
		drop(&f.cold[i]);
	cs_free(insn, 1);
	cs_close(&f.capstone);
	if (f.failed)
		fprintf(stderr, "inventory: out of memory\n");
	return f.failed ? -1 : 0;
}

void flow_free(struct flow *flow)
{
	free(flow->facts);
	free(flow->calls);
	free(flow->taken);
}
