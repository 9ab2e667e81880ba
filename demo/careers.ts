/** A line of work: its steps from the first job on, what its people know and what they studied. */
export interface Career {
  department: string;
  steps: string[];
  /** What a year on each step pays, in thousands of euros. */
  pay: number[];
  skills: string[];
  programs: [degree: string, program: string][];
}

/** The last step of every career: to lead. */
export const LEADING_STEP = 3;

export const CAREERS: Career[] = [
  {
    department: 'Engineering',
    steps: ['Software Engineer', 'Senior Software Engineer', 'Staff Engineer', 'Engineering Manager'],
    pay: [58, 74, 92, 105],
    skills: ['TypeScript', 'PostgreSQL', 'Go', 'Kubernetes', 'React', 'System design', 'Terraform', 'Python'],
    programs: [
      ['BSc', 'Computer Science'],
      ['MSc', 'Software Engineering'],
    ],
  },
  {
    department: 'Data',
    steps: ['Data Analyst', 'Data Scientist', 'Senior Data Scientist', 'Head of Analytics'],
    pay: [50, 64, 80, 110],
    skills: ['SQL', 'Python', 'Statistics', 'dbt', 'Forecasting', 'Experiment design', 'Visualisation'],
    programs: [
      ['BSc', 'Statistics'],
      ['MSc', 'Data Science'],
    ],
  },
  {
    department: 'Design',
    steps: ['Junior Product Designer', 'Product Designer', 'Senior Product Designer', 'Design Lead'],
    pay: [44, 56, 70, 86],
    skills: ['Figma', 'User research', 'Prototyping', 'Accessibility', 'Design systems', 'Typography'],
    programs: [
      ['BA', 'Interaction Design'],
      ['BA', 'Visual Communication'],
    ],
  },
  {
    department: 'Sales',
    steps: ['Sales Development Representative', 'Account Executive', 'Key Account Manager', 'Sales Director'],
    pay: [42, 60, 78, 115],
    skills: ['Negotiation', 'Prospecting', 'Salesforce', 'Forecasting', 'Presenting', 'Contracts'],
    programs: [
      ['BA', 'Business Administration'],
      ['BA', 'Communication Studies'],
    ],
  },
  {
    department: 'Care',
    steps: ['Registered Nurse', 'Senior Nurse', 'Ward Manager', 'Head of Nursing'],
    pay: [40, 46, 58, 76],
    skills: ['Patient care', 'Triage', 'Medication management', 'Wound care', 'Shift planning', 'First aid'],
    programs: [
      ['BSc', 'Nursing'],
      ['MSc', 'Health Management'],
    ],
  },
  {
    department: 'Finance',
    steps: ['Accounts Assistant', 'Financial Accountant', 'Financial Controller', 'Chief Financial Officer'],
    pay: [36, 50, 72, 130],
    skills: ['IFRS', 'Excel', 'SAP', 'Consolidation', 'Audit', 'Budgeting', 'Tax'],
    programs: [
      ['BSc', 'Accounting and Finance'],
      ['MSc', 'Finance'],
    ],
  },
  {
    department: 'Logistics',
    steps: ['Warehouse Associate', 'Shift Leader', 'Warehouse Manager', 'Head of Logistics'],
    pay: [30, 36, 54, 84],
    skills: ['Forklift licence', 'Inventory', 'SAP EWM', 'Health and safety', 'Route planning', 'Lean'],
    programs: [['Diploma', 'Logistics']],
  },
  {
    department: 'Plant engineering',
    steps: ['Mechanical Engineer', 'Project Engineer', 'Senior Project Engineer', 'Head of Engineering'],
    pay: [52, 62, 76, 108],
    skills: ['CAD', 'FEM', 'Commissioning', 'Project management', 'PLC', 'Technical documentation'],
    programs: [
      ['BEng', 'Mechanical Engineering'],
      ['MEng', 'Mechatronics'],
    ],
  },
  {
    department: 'People',
    steps: ['HR Coordinator', 'Recruiter', 'Senior Talent Partner', 'Head of People'],
    pay: [38, 50, 66, 98],
    skills: ['Sourcing', 'Interviewing', 'Labour law', 'Employer branding', 'Onboarding', 'Coaching'],
    programs: [
      ['BA', 'Psychology'],
      ['MA', 'Human Resource Management'],
    ],
  },
];

export const LANGUAGES: Record<string, string> = {
  de: 'German',
  en: 'English',
  es: 'Spanish',
  fr: 'French',
  it: 'Italian',
  pl: 'Polish',
  sv: 'Swedish',
  tr: 'Turkish',
};

export const TAGS = [
  'Alumni',
  'Career fair',
  'Referral',
  'Relocates',
  'Remote only',
  'Silver medallist',
  'Trainee',
];
export const SOURCES = ['Career site', 'Referral', 'LinkedIn', 'Career fair', 'Sourced', 'Agency'];
